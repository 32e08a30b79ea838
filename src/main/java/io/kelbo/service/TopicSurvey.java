package io.kelbo.service;

import io.kelbo.topology.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the way of {@code run} in a cluster: rights and topics. The same for {@code
 * check}, {@code topics} and start-up. Writes only what it is asked to.
 *
 * @param topics each of ours, and those of Kafka Streams that exist
 * @param missingRights a sentence for each
 */
public record TopicSurvey(List<TopicState> topics, List<String> missingRights) {
  private static final String PARTITIONS = "partitions";

  public TopicSurvey {
    topics = List.copyOf(topics);
    missingRights = List.copyOf(missingRights);
  }

  /**
   * Looks.
   *
   * @param partitions of the input
   * @throws ExecutionException if the broker does not answer, or refuses
   */
  public static TopicSurvey of(Admin admin, Settings settings, int partitions)
      throws InterruptedException, ExecutionException {
    Topics topics = new Topics(settings.name(), settings.input().topic());
    List<String> missing =
        MissingRights.of(admin, topics, AccessRights.run(topics, settings.createTopics()));
    int brokers = admin.describeCluster().nodes().get().size();
    TopicReview review =
        new TopicReview(
            topics,
            new NewTopics(topics, partitions, Clients.requestBytes(settings)),
            partitions,
            brokers,
            settings.createTopics());
    List<TopicState> states = new ArrayList<>();
    for (String topic : topics.own()) {
      states.add(review.of(topic, described(admin, topic), config(admin, topic)));
    }
    if (topics.input().several() && byKey(settings.input().entity())) {
      Set<String> there = admin.listTopics().names().get();
      for (String topic : topics.inputs(() -> there)) {
        TopicDescription input = described(admin, topic);
        if (input != null) {
          states.add(review.input(input));
        }
      }
    }
    for (String topic : topics.internal()) {
      TopicDescription there = described(admin, topic);
      if (there != null) {
        states.add(review.internal(there));
      }
    }
    return new TopicSurvey(states, missing);
  }

  /** Only where the key tells entities apart must topics agree: a field's records are regrouped. */
  private static boolean byKey(@Nullable String entity) {
    return entity == null || entity.equals("key");
  }

  /** What stops {@code run}, each a sentence. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>(missingRights);
    differences().stream()
        .filter(TopicState.Difference::stops)
        .forEach(d -> problems.add(d.sentence()));
    return problems;
  }

  /** What does not stop it, but should be otherwise. */
  public List<String> advice() {
    return differences().stream().filter(d -> !d.stops()).map(d -> d.sentence()).toList();
  }

  public List<TopicState.Difference> differences() {
    return topics.stream().flatMap(state -> state.differences().stream()).toList();
  }

  /**
   * A sentence for each right that {@link #apply} needs, beside those of {@code run}, and that is
   * missing.
   */
  public List<String> missingToApply(Admin admin, Settings settings)
      throws InterruptedException, ExecutionException {
    List<AccessRight> needed = new ArrayList<>();
    for (TopicState state : topics) {
      Set<AclOperation> operations = new HashSet<>();
      if (absent(state)) {
        operations.add(AclOperation.CREATE);
      } else {
        state.differences().stream()
            .filter(TopicState.Difference::applied)
            .forEach(difference -> operations.add(operation(difference)));
      }
      needed.add(
          new AccessRight(
              ResourceType.TOPIC, state.topic(), PatternType.LITERAL, operations, "topics"));
    }
    return MissingRights.of(admin, new Topics(settings.name(), settings.input().topic()), needed);
  }

  private static AclOperation operation(TopicState.Difference difference) {
    return difference.key().equals(PARTITIONS) ? AclOperation.ALTER : AclOperation.ALTER_CONFIGS;
  }

  private static boolean absent(TopicState state) {
    return state.summary().equals("missing") || state.summary().equals("will be created");
  }

  /** Makes what is missing and alters what can be altered; returns what was done. */
  public List<String> apply(Admin admin, Settings settings, int partitions)
      throws InterruptedException, ExecutionException {
    Topics ours = new Topics(settings.name(), settings.input().topic());
    NewTopics form = new NewTopics(ours, partitions, Clients.requestBytes(settings));
    List<String> done = new ArrayList<>();
    for (TopicState state : topics) {
      if (absent(state)) {
        create(admin, form.wanted(state.topic()));
        done.add("created topic '%s'".formatted(state.topic()));
        continue;
      }
      for (TopicState.Difference difference : state.differences()) {
        if (difference.applied()) {
          alter(admin, difference);
          done.add(
              "topic '%s': %s from '%s' to '%s'"
                  .formatted(
                      state.topic(), difference.key(), difference.is(), difference.wanted()));
        }
      }
    }
    return done;
  }

  private static void create(Admin admin, NewTopic topic)
      throws InterruptedException, ExecutionException {
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException failed) {
      if (!(failed.getCause() instanceof TopicExistsException)) {
        throw failed;
      }
    }
  }

  private static void alter(Admin admin, TopicState.Difference wanted)
      throws InterruptedException, ExecutionException {
    if (wanted.key().equals(PARTITIONS)) {
      admin
          .createPartitions(
              Map.of(wanted.topic(), NewPartitions.increaseTo(Integer.parseInt(wanted.wanted()))))
          .all()
          .get();
      return;
    }
    AlterConfigOp operation =
        new AlterConfigOp(new ConfigEntry(wanted.key(), wanted.wanted()), AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(resource(wanted.topic()), Set.of(operation))).all().get();
  }

  private static @Nullable TopicDescription described(Admin admin, String topic)
      throws InterruptedException, ExecutionException {
    try {
      return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
    } catch (ExecutionException failed) {
      return absent(failed);
    }
  }

  private static @Nullable Config config(Admin admin, String topic)
      throws InterruptedException, ExecutionException {
    try {
      return new HashMap<>(admin.describeConfigs(List.of(resource(topic))).all().get())
          .get(resource(topic));
    } catch (ExecutionException failed) {
      return absent(failed);
    }
  }

  /** Null where it is not there, or is hidden: then a missing right says so. */
  private static <T> @Nullable T absent(ExecutionException failed) throws ExecutionException {
    Throwable cause = Objects.requireNonNullElse(failed.getCause(), failed);
    if (cause instanceof UnknownTopicOrPartitionException
        || cause instanceof AuthorizationException) {
      return null;
    }
    throw failed;
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }
}
