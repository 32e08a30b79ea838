package io.kelbo.service;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/** Checks client properties by Kafka's own definitions; changes none. */
final class KafkaProperties {
  private static final List<ConfigDef> DEFINITIONS =
      List.of(
          // First, since 'group.protocol' may be 'streams' there.
          StreamsConfig.configDef(),
          ConsumerConfig.configDef(),
          ProducerConfig.configDef(),
          AdminClientConfig.configDef());
  private static final List<String> PREFIXES =
      List.of(
          "main.consumer.",
          "restore.consumer.",
          "global.consumer.",
          "consumer.",
          "producer.",
          "admin.",
          "topic.");

  /** What follows from keys of ours: set twice, the two could disagree. */
  private static final Map<String, String> OURS =
      Map.of(
          "application.id", "name",
          "group.id", "name",
          "transactional.id", "name",
          "processing.guarantee", "guarantee",
          "state.dir", "state.dir",
          "group.instance.id", "instance",
          "auto.offset.reset", "input.from");

  /** What nobody may choose, with why: another value would be lost without a word. */
  private static final Map<String, String> FIXED =
      Map.of(
          "isolation.level", "only committed records are judged",
          "processing.exception.handler", "what cannot be processed becomes a dead letter",
          "ensure.explicit.internal.resource.naming", "upgrades find their state by its names");

  private KafkaProperties() {}

  /**
   * What is wrong with a property, as a sentence, if anything.
   *
   * @param property its key without {@code kafka.}
   * @param shown the value as it may be shown
   */
  static Optional<String> problem(String property, String value, String shown) {
    String bare = withoutPrefix(property);
    String ours = OURS.get(bare);
    if (ours != null) {
      return Optional.of(
          "kafka.%s is '%s' but must not be set: it follows from '%s'. Set that instead."
              .formatted(property, shown, ours));
    }
    String why = FIXED.get(bare);
    if (why != null) {
      return Optional.of(
          "kafka.%s is '%s' but must not be set: %s. Leave the key out."
              .formatted(property, shown, why));
    }
    if (property.startsWith("topic.")) {
      return Optional.empty();
    }
    for (ConfigDef definition : DEFINITIONS) {
      ConfigDef.ConfigKey key = definition.configKeys().get(bare);
      if (key != null) {
        return refusal(key, property, value, shown);
      }
    }
    // Unknown ones belong to plugins (interceptors, callbacks, registries): they pass.
    return Optional.empty();
  }

  private static Optional<String> refusal(
      ConfigDef.ConfigKey key, String property, String value, String shown) {
    if (key.type == ConfigDef.Type.CLASS) {
      // Loading it is for the client, which knows the class path.
      return Optional.empty();
    }
    try {
      Object parsed = ConfigDef.parseType(property, value, key.type);
      if (key.validator != null) {
        key.validator.ensureValid(property, parsed);
      }
      return Optional.empty();
    } catch (ConfigException refused) {
      String type = key.type.name().toLowerCase(Locale.ROOT);
      String allowed = key.validator == null ? type : type + ", " + key.validator;
      return Optional.of(
          "kafka.%s is '%s' but Kafka wants: %s. Give such a value, or leave the key out."
              .formatted(property, shown, allowed));
    }
  }

  private static String withoutPrefix(String property) {
    for (String prefix : PREFIXES) {
      if (property.startsWith(prefix)) {
        return property.substring(prefix.length());
      }
    }
    return property;
  }
}
