package io.kelbo.topology;

import io.kelbo.observe.Meter;
import io.kelbo.observe.Meters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code feedback} topic as each instance holds it: the newest word on each anomaly, by entity.
 * What cannot be read is counted and logged. One for all tasks of a topology.
 */
final class PublishedFeedback {
  static final String STORE = "feedback";

  private static final Logger LOG = LoggerFactory.getLogger(PublishedFeedback.class);

  private final Meters meters;
  private final int most;
  private final Refusals refusals;
  private final AtomicLong changes = new AtomicLong();
  private volatile long known = -1;
  private volatile Map<String, List<Feedback>> byEntity = Map.of();

  /**
   * @param most how many of an entity count, the newest
   * @param refusals told of each that is left out
   */
  PublishedFeedback(Meters meters, int most, Refusals refusals) {
    this.meters = meters;
    this.most = most;
    this.refusals = refusals;
  }

  static StoreBuilder<KeyValueStore<String, byte[]>> storeBuilder() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
        .withLoggingDisabled();
  }

  /** Keeps what is said; never fails, since that would end the whole client. */
  ProcessorSupplier<String, byte[], Void, Void> keeper() {
    return () ->
        new ContextualProcessor<String, byte[], Void, Void>() {
          @Override
          public void process(Record<String, byte[]> record) {
            if (record.value() == null) {
              return;
            }
            try {
              Feedback said = Feedback.read(record.value());
              KeyValueStore<String, byte[]> store = context().getStateStore(STORE);
              store.put(said.anomaly(), record.value());
              meters.series.counter(Meter.FEEDBACK, said.said().word()).increment();
              changes.incrementAndGet();
            } catch (IOException | RuntimeException bad) {
              meters.refusedFeedback.increment();
              refusals.add(
                  "feedback of '%s' cannot be read and is left out: %s; 'kelbo feedback' writes it anew"
                      .formatted(record.key(), bad.getMessage()));
              LOG.atWarn()
                  .addKeyValue("reason", String.valueOf(bad.getMessage()))
                  .log("feedback cannot be read and is left out; `kelbo feedback` writes it anew");
            }
          }
        };
  }

  /** What was said of an entity's anomalies, oldest first. */
  List<Feedback> of(String entity, KeyValueStore<String, byte[]> store) {
    Map<String, List<Feedback>> all = known == changes.get() ? byEntity : reread(store);
    return all.isEmpty() ? List.of() : all.getOrDefault(entity, List.of());
  }

  private synchronized Map<String, List<Feedback>> reread(KeyValueStore<String, byte[]> store) {
    long now = changes.get();
    if (known != now) {
      List<Feedback> all = new ArrayList<>();
      try (KeyValueIterator<String, byte[]> entries = store.all()) {
        while (entries.hasNext()) {
          all.add(Feedback.read(entries.next().value));
        }
      } catch (IOException readBefore) {
        throw new IllegalStateException("feedback that was read cannot be read", readBefore);
      }
      all.sort(Comparator.comparing(Feedback::at).thenComparing(Feedback::anomaly));
      Map<String, List<Feedback>> grouped = new HashMap<>();
      all.forEach(
          one -> {
            List<Feedback> of = grouped.computeIfAbsent(one.entity(), e -> new ArrayList<>());
            of.add(one);
            if (of.size() > most) {
              of.remove(0);
            }
          });
      byEntity = grouped;
      known = now;
    }
    return byEntity;
  }
}
