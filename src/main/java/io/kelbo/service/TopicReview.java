package io.kelbo.service;

import io.kelbo.service.TopicState.Difference;
import io.kelbo.topology.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * Compares our topics with what {@link NewTopics} would make. Asks nobody: what is there is given.
 * {@code check}, {@code topics} and start-up all say what this says.
 */
final class TopicReview {
  private static final String COPARTITIONED =
      "records of an entity and its state would not meet, and Kafka Streams stops";

  private final Topics topics;
  private final NewTopics form;
  private final int partitions;
  private final int brokers;
  private final boolean create;

  /**
   * @param partitions of the input
   * @param brokers how many there are
   * @param create whether what is missing is made at start
   */
  TopicReview(Topics topics, NewTopics form, int partitions, int brokers, boolean create) {
    this.topics = topics;
    this.form = form;
    this.partitions = partitions;
    this.brokers = brokers;
    this.create = create;
  }

  /** One of ours; nulls where it does not exist, or its configuration may not be seen. */
  TopicState of(String topic, @Nullable TopicDescription there, @Nullable Config config) {
    NewTopic wanted = form.wanted(topic);
    if (there == null) {
      return create
          ? new TopicState(topic, "will be created", List.of())
          : new TopicState(topic, "missing", List.of(absent(wanted)));
    }
    List<Difference> found = new ArrayList<>();
    size(found, topic, wanted, there);
    if (config != null) {
      new TreeMap<>(wanted.configs())
          .forEach((key, value) -> compare(found, topic, config, key, value));
      policy(found, topic, config);
      replicas(found, topic, there, config);
    }
    return new TopicState(topic, summary(found), found);
  }

  /** One that Kafka Streams made: it has as many partitions as the input had then. */
  TopicState internal(TopicDescription there) {
    int has = there.partitions().size();
    boolean ofInput = there.name().startsWith(topics.scoring());
    if (!ofInput || has == partitions) {
      return new TopicState(there.name(), "exists", List.of());
    }
    Difference grown =
        new Difference(
            there.name(),
            "partitions",
            Integer.toString(has),
            Integer.toString(partitions),
            true,
            COPARTITIONED,
            "'kelbo reset --yes' (it learns anew): the input has another number of partitions than when scoring began",
            false);
    return new TopicState(there.name(), summary(List.of(grown)), List.of(grown));
  }

  /** A topic of the input beside others. */
  TopicState input(TopicDescription there) {
    int has = there.partitions().size();
    if (has == partitions) {
      return new TopicState(there.name(), "exists", List.of());
    }
    Difference fewer =
        new Difference(
            there.name(),
            "partitions",
            Integer.toString(has),
            Integer.toString(partitions),
            false,
            "an entity that is a key and has records in several input topics counts as one for each partition its key falls on",
            "kafka-topics --alter --topic %s --partitions %d (records that are there stay where they are), or name the entity's field in input.entity"
                .formatted(there.name(), partitions),
            false);
    return new TopicState(there.name(), summary(List.of(fewer)), List.of(fewer));
  }

  private Difference absent(NewTopic wanted) {
    String configs =
        new TreeMap<>(wanted.configs())
            .entrySet().stream()
                .map(entry -> " --config " + entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining());
    return new Difference(
        wanted.name(),
        "existence",
        "missing",
        "a topic",
        true,
        "there is nowhere to write to",
        "kafka-topics --create --topic %s --partitions %d%s"
            .formatted(wanted.name(), wanted.numPartitions(), configs),
        true);
  }

  private static void size(
      List<Difference> found, String topic, NewTopic wanted, TopicDescription there) {
    int has = there.partitions().size();
    if (wanted.numPartitions() > has) {
      found.add(
          new Difference(
              topic,
              "partitions",
              Integer.toString(has),
              Integer.toString(wanted.numPartitions()),
              false,
              "its readers cannot spread as the input's do",
              "kafka-topics --alter --topic %s --partitions %d"
                  .formatted(topic, wanted.numPartitions()),
              true));
    }
  }

  private void compare(
      List<Difference> found, String topic, Config config, String key, String wanted) {
    ConfigEntry entry = config.get(key);
    String is = entry == null ? "" : entry.value();
    boolean atLeast = key.equals(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    if (is.equals(wanted) || (atLeast && Long.parseLong(is) >= Long.parseLong(wanted))) {
      return;
    }
    boolean forgets =
        key.equals(TopicConfig.CLEANUP_POLICY_CONFIG) && topics.compacted().contains(topic);
    found.add(alter(topic, key, is, wanted, forgets, why(key, forgets)));
  }

  private static String why(String key, boolean forgets) {
    if (forgets) {
      return "models would be forgotten";
    }
    return switch (key) {
      case TopicConfig.MAX_MESSAGE_BYTES_CONFIG -> "a long record would stop the application";
      case TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG ->
          "retention would go by the wrong time, and delete answers about old records";
      default -> "what is kept would not be what training and readers count on";
    };
  }

  private void policy(List<Difference> found, String topic, Config config) {
    String is = value(config, TopicConfig.CLEANUP_POLICY_CONFIG);
    if (!topics.compacted().contains(topic) && is.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      found.add(
          alter(
              topic,
              TopicConfig.CLEANUP_POLICY_CONFIG,
              is,
              TopicConfig.CLEANUP_POLICY_DELETE,
              false,
              "only the newest record of an entity is kept"));
    }
  }

  private void replicas(
      List<Difference> found, String topic, TopicDescription there, Config config) {
    int replicas = there.partitions().stream().mapToInt(p -> p.replicas().size()).min().orElse(1);
    int least = Integer.parseInt(value(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG));
    int wanted = Math.min(3, brokers);
    if (replicas < wanted) {
      found.add(
          new Difference(
              topic,
              "replicas",
              Integer.toString(replicas),
              Integer.toString(wanted),
              false,
              "it is lost with the disk of one broker",
              "kafka-reassign-partitions (it needs a plan of your brokers)",
              false));
    }
    String key = TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;
    if (least > replicas) {
      found.add(
          alter(
              topic,
              key,
              Integer.toString(least),
              Integer.toString(replicas),
              true,
              "every write to it is refused"));
    } else if (replicas >= 3 && least < 2) {
      found.add(
          alter(topic, key, "1", "2", false, "a record counts as written that one disk alone has"));
    }
  }

  private static Difference alter(
      String topic, String key, String is, String wanted, boolean stops, String why) {
    return new Difference(
        topic,
        key,
        is,
        wanted,
        stops,
        why,
        "kafka-configs --alter --entity-type topics --entity-name %s --add-config %s=%s"
            .formatted(topic, key, wanted),
        true);
  }

  private static String value(Config config, String key) {
    ConfigEntry entry = config.get(key);
    return entry == null || entry.value() == null ? "" : entry.value();
  }

  private static String summary(List<Difference> found) {
    return found.isEmpty()
        ? "exists"
        : found.stream()
            .map(d -> "%s is '%s'".formatted(d.key(), d.is()))
            .collect(Collectors.joining(", "));
  }
}
