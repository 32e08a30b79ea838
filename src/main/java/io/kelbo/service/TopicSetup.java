package io.kelbo.service;

import io.kelbo.topology.Topics;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks that the broker answers and that the topics are there; creates ours where allowed. */
final class TopicSetup {
  private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);

  private final Settings settings;
  private final Topics topics;

  TopicSetup(Settings settings, Topics topics) {
    this.settings = settings;
    this.topics = topics;
  }

  /**
   * Returns how many partitions the topic of the input with most of them has.
   *
   * @throws ServiceFailure if a topic is missing and may not be, or cannot be, created
   * @throws Unreachable if no broker answers
   */
  int ready() throws InterruptedException {
    try (Admin admin = Clients.admin(settings)) {
      Set<String> there = got(admin.listTopics().names());
      int partitions = inputPartitions(admin, there);
      survey(admin, partitions);
      return partitions;
    }
  }

  private int inputPartitions(Admin admin, Set<String> there) throws InterruptedException {
    List<String> inputs = topics.inputs(() -> there);
    if (inputs.isEmpty()) {
      throw absent(topics.input().toString(), "no topic of such a name", there);
    }
    int most = 0;
    for (String input : inputs) {
      most = Math.max(most, partitions(admin, input, there));
    }
    return most;
  }

  private int partitions(Admin admin, String input, Set<String> there) throws InterruptedException {
    try {
      return admin.describeTopics(List.of(input)).allTopicNames().get().values().stream()
          .mapToInt(description -> description.partitions().size())
          .sum();
    } catch (ExecutionException failed) {
      if (cause(failed) instanceof AuthorizationException) {
        throw new ServiceFailure(AccessRights.hidden(input, AclOperation.READ), cause(failed));
      }
      if (!(cause(failed) instanceof UnknownTopicOrPartitionException)) {
        throw failure(cause(failed));
      }
      throw absent(input, "no such topic", there);
    }
  }

  private ServiceFailure absent(String input, String what, Set<String> there) {
    List<String> others =
        there.stream().filter(name -> !topics.own().contains(name)).sorted().limit(5).toList();
    return new ServiceFailure(
        "%s is '%s' but there is %s at '%s'%s: create it, or correct the name"
            .formatted(
                topics.input().key(),
                input,
                what,
                Clients.bootstrap(settings),
                others.isEmpty()
                    ? "; there are none"
                    : "; there is '%s'".formatted(String.join("', '", others))));
  }

  private void survey(Admin admin, int partitions) throws InterruptedException {
    try {
      TopicSurvey survey = TopicSurvey.of(admin, settings, partitions);
      if (!survey.problems().isEmpty()) {
        throw new ServiceFailure(String.join(System.lineSeparator(), survey.problems()));
      }
      survey.advice().forEach(advice -> LOG.atWarn().log(advice));
      List<String> made =
          survey.topics().stream()
              .filter(state -> state.summary().equals("will be created"))
              .map(TopicState::topic)
              .toList();
      for (String topic : made) {
        create(admin, new NewTopics(topics, partitions, Clients.requestBytes(settings)), topic);
      }
      if (!made.isEmpty()) { // of a topic that was not there no right but CREATE could be asked
        List<String> missing = AccessRights.missing(admin, topics, Set.of(AccessRights.RUN));
        if (!missing.isEmpty()) {
          throw new ServiceFailure(String.join(System.lineSeparator(), missing));
        }
      }
    } catch (ExecutionException failed) {
      throw failure(cause(failed));
    }
  }

  private void create(Admin admin, NewTopics form, String topic) throws InterruptedException {
    try {
      admin.createTopics(List.of(form.wanted(topic))).all().get();
    } catch (ExecutionException failed) {
      if (!(cause(failed) instanceof TopicExistsException)) {
        throw new ServiceFailure(
            "topic '%s' cannot be created (%s): create it by hand, or grant the right to"
                .formatted(topic, cause(failed).getMessage()),
            cause(failed));
      }
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
