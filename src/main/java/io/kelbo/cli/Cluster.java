package io.kelbo.cli;

import io.kelbo.service.AccessRights;
import io.kelbo.service.Clients;
import io.kelbo.service.HeldBack;
import io.kelbo.service.Refusal;
import io.kelbo.service.Settings;
import io.kelbo.service.Unreachable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** The Kafka cluster as the commands ask it; every failure is a sentence and an exit code. */
final class Cluster implements AutoCloseable {
  private final Settings settings;
  private final Admin admin;

  private Cluster(Settings settings, Admin admin) {
    this.settings = settings;
    this.admin = admin;
  }

  /**
   * @throws Unreachable at once if no port is open there
   */
  static Cluster connect(Settings settings) {
    Knock.at(settings);
    return new Cluster(settings, Clients.admin(settings));
  }

  Admin admin() {
    return admin;
  }

  /** One line: which cluster answered. */
  Map<String, Object> facts() throws InterruptedException {
    var description = admin.describeCluster();
    return Map.of(
        "bootstrap_servers", bootstrap(settings),
        "cluster", got(description.clusterId()),
        "brokers", got(description.nodes()).size());
  }

  Set<String> topics() throws InterruptedException {
    return got(admin.listTopics().names());
  }

  /** The topic, or null where there is none of that name. */
  @Nullable TopicDescription topic(String name, AclOperation wanted) throws InterruptedException {
    try {
      return described(name);
    } catch (ExecutionException failed) {
      if (cause(failed) instanceof TopicAuthorizationException) {
        throw new CommandFailure(Failures.FAILED, AccessRights.hidden(name, wanted));
      }
      throw failure(cause(failed));
    }
  }

  /** Whether there is no topic of that name; one that may not be seen is taken to be there. */
  boolean absent(String name) throws InterruptedException {
    try {
      return described(name) == null;
    } catch (ExecutionException failed) {
      if (cause(failed) instanceof TopicAuthorizationException) {
        return false;
      }
      throw failure(cause(failed));
    }
  }

  private @Nullable TopicDescription described(String name)
      throws InterruptedException, ExecutionException {
    try {
      return admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
        return null;
      }
      throw failed;
    }
  }

  /**
   * Sees to it that a topic of ours is there: a client that writes to it would else have the broker
   * make one, with settings of its own.
   *
   * @throws CommandFailure if it is not
   */
  static void require(Settings settings, String topic) throws InterruptedException {
    try (Cluster cluster = connect(settings)) {
      if (cluster.absent(topic)) {
        throw new CommandFailure(
            Failures.FAILED,
            "topic '%s' does not exist: nothing runs under the name '%s' yet. Start 'kelbo run', or correct 'name'."
                .formatted(topic, settings.name()));
      }
    }
  }

  /** First and end offset of each partition. */
  Map<TopicPartition, long[]> extent(List<TopicDescription> topics) throws InterruptedException {
    Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (TopicPartition partition : HeldBack.partitions(topics)) {
      earliest.put(partition, OffsetSpec.earliest());
      latest.put(partition, OffsetSpec.latest());
    }
    Map<TopicPartition, long[]> extent = new HashMap<>();
    got(admin.listOffsets(earliest).all())
        .forEach(
            (partition, first) ->
                extent.put(partition, new long[] {first.offset(), first.offset()}));
    // What an open transaction has written cannot be read yet, so it does not count.
    got(admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all())
        .forEach(
            (partition, end) ->
                extent.computeIfPresent(
                    partition, (same, ends) -> new long[] {ends[0], end.offset()}));
    return extent;
  }

  /** How many records stand behind the first one of a transaction that is still open. */
  long heldBack(List<TopicDescription> topics) throws InterruptedException {
    try {
      return HeldBack.places(admin, HeldBack.partitions(topics)).values().stream()
          .mapToLong(HeldBack.Place::records)
          .sum();
    } catch (ExecutionException failed) {
      throw failure(cause(failed));
    }
  }

  /** The state of a consumer group in Kafka's words, such as {@code Stable}; null if unknown. */
  @Nullable String groupState(String group) throws InterruptedException {
    for (GroupListing listing : got(admin.listGroups().all())) {
      if (listing.groupId().equals(group)) {
        return listing.groupState().map(Object::toString).orElse("Unknown");
      }
    }
    refuseHidden(group);
    return null;
  }

  /** A group that may not be seen is not listed, as one that does not exist. */
  private void refuseHidden(String group) throws InterruptedException {
    try {
      admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException failed) {
      if (!(cause(failed) instanceof GroupIdNotFoundException)) {
        throw failure(cause(failed));
      }
    }
  }

  /** Whether somebody is in the group. */
  boolean active(String group) throws InterruptedException {
    String state = groupState(group);
    return state != null && !state.equals("Empty") && !state.equals("Dead");
  }

  /** How many records a topic holds at most: transactions leave marks that count too. */
  long size(String name) throws InterruptedException {
    TopicDescription topic = topic(name, AclOperation.DESCRIBE);
    return topic == null
        ? 0
        : extent(List.of(topic)).values().stream().mapToLong(ends -> ends[1] - ends[0]).sum();
  }

  <T> T got(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      throw failure(cause(failed));
    }
  }

  /** What to throw where a future of Kafka's failed. */
  RuntimeException failed(ExecutionException failed) {
    return failure(cause(failed));
  }

  private static Throwable cause(ExecutionException failed) {
    Throwable cause = failed.getCause();
    return cause == null ? failed : cause;
  }

  private RuntimeException failure(Throwable cause) {
    if (cause instanceof TimeoutException || cause instanceof DisconnectException) {
      return new Unreachable(
          "kafka.bootstrap.servers is '%s' but no Kafka answers there in time: %s. Check that it is a Kafka listener, and security.protocol."
              .formatted(bootstrap(settings), cause.getMessage()),
          cause);
    }
    if (cause instanceof AuthenticationException) {
      return new Unreachable(
          "the Kafka at '%s' refuses who we are: %s. Check kafka.security.protocol and kafka.sasl.*."
              .formatted(bootstrap(settings), cause.getMessage()),
          cause);
    }
    return new CommandFailure(
        Failures.FAILED,
        "the Kafka at '%s' refuses (%s): %s"
            .formatted(
                bootstrap(settings), cause.getClass().getSimpleName(), Refusal.ofAsking(cause)));
  }

  @Override
  public void close() {
    admin.close(java.time.Duration.ofSeconds(2));
  }

  static String bootstrap(Settings settings) {
    return settings.kafka().getOrDefault("bootstrap.servers", "");
  }
}
