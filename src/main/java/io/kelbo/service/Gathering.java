package io.kelbo.service;

import io.kelbo.format.SchemaUnavailable;
import io.kelbo.model.Provenance;
import io.kelbo.record.RecordReader;
import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.WireForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The first records of each partition, in fair shares: each gives as much as the others until it is
 * at its end. What is taken of a partition is always its beginning, without a gap.
 */
final class Gathering {
  static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> starts;
  private final WireForm form;
  private final Map<TopicPartition, List<Row>> rows = new HashMap<>();
  private final Map<TopicPartition, Boolean> atEnd = new HashMap<>();
  private int unreadable;
  private String reason = "";

  /** A record that could be read. */
  record Row(ConsumerRecord<byte[], byte[]> record, Map<String, Object> leaves) {
    @Nullable String key() {
      return record.key() == null || record.key().length == 0
          ? null
          : RecordReader.keyText(record.key());
    }
  }

  /**
   * @param starts where to begin in each partition
   */
  Gathering(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> starts, WireForm form) {
    this.consumer = consumer;
    this.starts = Map.copyOf(starts);
    this.form = form;
    consumer.assign(starts.keySet());
    starts.forEach(consumer::seek);
    starts.keySet().forEach(partition -> rows.put(partition, new ArrayList<>()));
  }

  /** Reads on for a moment, towards {@code wanted} records in all. */
  void poll(int wanted) {
    int level = level(wanted);
    for (TopicPartition partition : starts.keySet()) {
      if (of(partition).size() >= level) {
        consumer.pause(List.of(partition));
      } else {
        consumer.resume(List.of(partition));
      }
    }
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      take(record);
    }
    for (TopicPartition partition : starts.keySet()) {
      if (!consumer.paused().contains(partition)) {
        atEnd.put(partition, consumer.currentLag(partition).orElse(1) == 0);
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      of(new TopicPartition(record.topic(), record.partition()))
          .add(new Row(record, leaves(record.value())));
    } catch (UnreadableRecord deadLetterLater) {
      // The scoring application reads it again, and sets it aside with its reason.
      unreadable++;
      reason = deadLetterLater.reason().word();
    }
  }

  /** Waits for a schema registry that is away as long as the warm-up itself goes on. */
  private Map<String, Object> leaves(byte[] value) throws UnreadableRecord {
    while (true) {
      try {
        return form.read(value).leaves();
      } catch (SchemaUnavailable away) {
        if (Thread.currentThread().isInterrupted()) {
          throw away;
        }
      }
    }
  }

  /** How many records there are, up to {@code wanted}. */
  int size(int wanted) {
    return Math.min(wanted, rows.values().stream().mapToInt(List::size).sum());
  }

  /** How many records could not be read, and why the last of them; empty where all could. */
  String unreadable() {
    return unreadable == 0
        ? ""
        : "%,d records could not be read (%s)".formatted(unreadable, reason);
  }

  /** Whether {@code wanted} records are there, in fair shares. */
  boolean enough(int wanted) {
    int level = level(wanted);
    return size(wanted) >= wanted
        && starts.keySet().stream()
            .allMatch(p -> of(p).size() >= level || atEnd.getOrDefault(p, false));
  }

  /** Whether records wait that {@code wanted} has room for. */
  boolean waiting(int wanted) {
    int level = level(wanted);
    return size(wanted) < wanted
        && starts.keySet().stream()
            .anyMatch(p -> of(p).size() < level && !atEnd.getOrDefault(p, false));
  }

  /** The beginning of each partition, {@code wanted} records in all or as many as there are. */
  Map<TopicPartition, List<Row>> taken(int wanted) {
    int share = 0;
    int sum = 0;
    int most = rows.values().stream().mapToInt(List::size).max().orElse(0);
    while (sum < wanted && share < most) {
      share++;
      int level = share;
      sum = rows.values().stream().mapToInt(list -> Math.min(level, list.size())).sum();
    }
    Map<TopicPartition, List<Row>> taken = new HashMap<>();
    for (Map.Entry<TopicPartition, List<Row>> entry : rows.entrySet()) {
      List<Row> list = entry.getValue();
      taken.put(entry.getKey(), List.copyOf(list.subList(0, Math.min(share, list.size()))));
    }
    return taken;
  }

  /** How far each partition was taken. */
  static List<Provenance.Offset> ends(Map<TopicPartition, List<Row>> taken) {
    List<Provenance.Offset> ends = new ArrayList<>();
    taken.forEach(
        (partition, list) -> {
          if (!list.isEmpty()) {
            long last = list.get(list.size() - 1).record().offset();
            ends.add(new Provenance.Offset(partition.topic(), partition.partition(), last + 1));
          }
        });
    return ends;
  }

  /** How many records each partition that still has some must give. */
  private int level(int wanted) {
    int open = starts.size();
    int rest = wanted;
    int level = share(rest, open);
    for (boolean moved = true; moved && open > 0; ) {
      moved = false;
      rest = wanted;
      int still = 0;
      for (TopicPartition partition : starts.keySet()) {
        int has = of(partition).size();
        if (atEnd.getOrDefault(partition, false) && has < level) {
          rest -= has;
        } else {
          still++;
        }
      }
      moved = still < open;
      open = still;
      level = Math.max(level, share(rest, Math.max(1, open)));
    }
    return level;
  }

  private static int share(int records, int partitions) {
    return (records + partitions - 1) / partitions;
  }

  private List<Row> of(TopicPartition partition) {
    return rows.getOrDefault(partition, List.of());
  }
}
