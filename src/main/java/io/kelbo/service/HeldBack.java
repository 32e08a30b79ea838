package io.kelbo.service;

import io.kelbo.topology.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many records of the input stand behind a transaction that another producer has not ended.
 * Looked at from a thread of its own, so that whoever asks never waits for a broker. Does not end
 * the transaction.
 */
public final class HeldBack implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeldBack.class);

  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration CLOSING = Duration.ofMillis(500);

  private final Topics topics;
  private final Admin admin;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(task -> Service.daemon(task, "kelbo-held-back"));
  private Map<TopicPartition, Place> before = Map.of();
  private boolean refused;
  private volatile long records;

  /**
   * Where a partition stands.
   *
   * @param stable offset up to which committed readers may read
   * @param end offset of the next record
   */
  public record Place(long stable, long end) {
    public long records() {
      return Math.max(0, end - stable);
    }
  }

  /** Looks at once, and every ten seconds from then on. */
  HeldBack(Settings settings, Topics topics) {
    this.topics = topics;
    this.admin = Clients.admin(settings);
    looks.scheduleWithFixedDelay(this::look, 0, EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * As the last two looks found it: transactions that are short, as those of a healthy producer, do
   * not count. 0 where Kafka did not answer.
   */
  long records() {
    return records;
  }

  private void look() {
    try {
      Map<TopicPartition, Place> now = places(admin, partitions());
      records = held(before, now);
      before = now;
      refused = false;
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | RuntimeException failed) {
      records = 0;
      before = Map.of();
      if (!refused) {
        LOG.atWarn()
            .addKeyValue("reason", Refusal.ofAsking(failed))
            .log("not known whether an open transaction holds back the input; looking again");
      }
      refused = true;
    }
  }

  private List<TopicPartition> partitions() throws InterruptedException, ExecutionException {
    Set<String> all =
        topics.input().pattern() == null ? Set.of() : admin.listTopics().names().get();
    return partitions(
        admin.describeTopics(topics.inputs(() -> all)).allTopicNames().get().values());
  }

  /** All partitions of some topics. */
  public static List<TopicPartition> partitions(Collection<TopicDescription> topics) {
    return topics.stream()
        .flatMap(
            topic ->
                topic.partitions().stream()
                    .map(info -> new TopicPartition(topic.name(), info.partition())))
        .toList();
  }

  /** Records behind a place where readers stood at the look before, too. */
  static long held(Map<TopicPartition, Place> before, Map<TopicPartition, Place> now) {
    return now.entrySet().stream()
        .filter(
            place -> {
              Place then = before.get(place.getKey());
              return then != null
                  && then.records() > 0
                  && then.stable() == place.getValue().stable();
            })
        .mapToLong(place -> place.getValue().records())
        .sum();
  }

  /**
   * Where partitions stand now.
   *
   * @throws ExecutionException if Kafka refuses or does not answer
   */
  public static Map<TopicPartition, Place> places(Admin admin, List<TopicPartition> partitions)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> latest =
        partitions.stream()
            .collect(Collectors.toMap(Function.identity(), place -> OffsetSpec.latest()));
    // In this order: what is written between the two questions must not look held back.
    Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(latest).all().get();
    Map<TopicPartition, Place> places = new HashMap<>();
    admin
        .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get()
        .forEach(
            (place, stable) -> {
              ListOffsetsResultInfo end = ends.get(place);
              long at = stable.offset();
              places.put(place, new Place(at, end == null ? at : end.offset()));
            });
    return places;
  }

  @Override
  public void close() {
    looks.shutdownNow();
    admin.close(CLOSING);
  }
}
