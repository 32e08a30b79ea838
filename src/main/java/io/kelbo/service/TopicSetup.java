package io.kelbo.service;

import io.kelbo.topology.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Checks that the broker answers and that the topics are there; creates ours where allowed. */
final class TopicSetup {
  private final Settings settings;
  private final Topics topics;

  TopicSetup(Settings settings, Topics topics) {
    this.settings = settings;
    this.topics = topics;
  }

  /**
   * Returns how many partitions the input has.
   *
   * @throws ServiceFailure if a topic is missing and may not be, or cannot be, created
   * @throws Unreachable if no broker answers
   */
  int ready() throws InterruptedException {
    try (Admin admin = Clients.admin(settings)) {
      Set<String> there = got(admin.listTopics().names());
      int partitions = inputPartitions(admin, there);
      NewTopics form = new NewTopics(topics, partitions, Clients.requestBytes(settings));
      List<NewTopic> missing = new ArrayList<>();
      for (String topic : topics.own()) {
        if (!there.contains(topic)) {
          missing.add(form.wanted(topic));
        }
      }
      create(admin, missing);
      for (String topic : topics.compacted()) {
        checkCompaction(admin, topic);
      }
      return partitions;
    }
  }

  private int inputPartitions(Admin admin, Set<String> there) throws InterruptedException {
    if (!there.contains(topics.input())) {
      List<String> others =
          there.stream().filter(name -> !topics.own().contains(name)).sorted().limit(5).toList();
      throw new ServiceFailure(
          "input.topic is '%s' but there is no such topic at '%s' (or no right to see it)%s: create it, or correct the name"
              .formatted(
                  topics.input(),
                  Clients.bootstrap(settings),
                  others.isEmpty()
                      ? "; there are none"
                      : "; there is '%s'".formatted(String.join("', '", others))));
    }
    return got(admin.describeTopics(List.of(topics.input())).allTopicNames()).values().stream()
        .mapToInt(description -> description.partitions().size())
        .sum();
  }

  private void create(Admin admin, List<NewTopic> missing) throws InterruptedException {
    if (missing.isEmpty()) {
      return;
    }
    if (!settings.createTopics()) {
      throw new ServiceFailure(
          "these topics are missing and topics.create is false: %s; create them, or allow it"
              .formatted(
                  String.join(
                      ", ",
                      missing.stream()
                          .map(t -> "%s (%d partitions)".formatted(t.name(), t.numPartitions()))
                          .toList())));
    }
    for (var created : admin.createTopics(missing).values().entrySet()) {
      try {
        created.getValue().get();
      } catch (ExecutionException failed) {
        if (!(cause(failed) instanceof TopicExistsException)) {
          throw new ServiceFailure(
              "topic '%s' cannot be created (%s): create it by hand, or grant the right to"
                  .formatted(created.getKey(), cause(failed).getMessage()),
              cause(failed));
        }
      }
    }
  }

  /** A broker that makes topics by itself makes them so that the models would be forgotten. */
  private void checkCompaction(Admin admin, String topic) throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    String policy;
    try {
      Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      policy = config == null ? "" : config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    } catch (ExecutionException failed) {
      if (cause(failed) instanceof AuthorizationException
          || cause(failed) instanceof UnknownTopicOrPartitionException) {
        return; // Not needed to run, so the right to see it is not either; or it was just made.
      }
      throw failure(cause(failed));
    }
    if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new ServiceFailure(
          "topic '%s' has cleanup.policy '%s' but must have 'compact', or models would be forgotten: change it with kafka-configs, or delete the topic and let Kelbo create it"
              .formatted(topic, policy));
    }
  }

  private <T> T got(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      throw failure(cause(failed));
    }
  }

  private static Throwable cause(ExecutionException failed) {
    return Objects.requireNonNullElse(failed.getCause(), failed);
  }

  private ServiceFailure failure(Throwable cause) {
    if (cause instanceof TimeoutException || cause instanceof DisconnectException) {
      return Clients.unreachable(settings, cause);
    }
    return new ServiceFailure(
        "the broker at '%s' refuses (%s): %s; check the kafka.* properties and the rights"
            .formatted(
                Clients.bootstrap(settings),
                cause instanceof KafkaException ? cause.getClass().getSimpleName() : "error",
                cause.getMessage()),
        cause);
  }
}
