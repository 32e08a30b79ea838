package io.kelbo.service;

import io.kelbo.topology.Topics;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The rights that Kelbo needs, stated once: {@code check}, start-up, {@code topics --acls} and
 * docs/security.md have them from here. READ and WRITE contain DESCRIBE.
 */
public final class AccessRights {
  /** What the service itself cannot do without. */
  public static final String RUN = "run";

  /** What forgetting needs. */
  public static final String RESET = "reset";

  /** What forgetting the answers, too, needs more. */
  public static final String RESET_OUTPUTS = "reset --outputs, beside those";

  private final Topics topics;
  private final List<AccessRight> rights = new ArrayList<>();

  private AccessRights(Topics topics) {
    this.topics = topics;
  }

  /**
   * Those of {@code run} first, then those of single commands: all that a command needs, but where
   * the purpose says that they are beside others.
   */
  public static List<AccessRight> of(Topics topics, boolean createTopics) {
    AccessRights rights = new AccessRights(topics);
    rights.run(createTopics);
    rights.commands();
    return List.copyOf(rights.rights);
  }

  /**
   * A sentence for each right of some commands that is missing in the cluster.
   *
   * @param purposes the words of {@link AccessRight#purpose}
   * @throws ExecutionException if the broker does not answer
   */
  public static List<String> missing(Admin admin, Topics topics, Set<String> purposes)
      throws InterruptedException, ExecutionException {
    return MissingRights.of(
        admin,
        topics,
        of(topics, true).stream().filter(right -> purposes.contains(right.purpose())).toList());
  }

  /** What the service itself needs. */
  static List<AccessRight> run(Topics topics, boolean createTopics) {
    return of(topics, createTopics).stream().filter(r -> r.purpose().equals(RUN)).toList();
  }

  /** What is said where a topic may not even be seen, which whoever may use it may. */
  public static String hidden(String topic, AclOperation wanted) {
    return new AccessRight(ResourceType.TOPIC, topic, PatternType.LITERAL, Set.of(wanted), "")
        .absence(wanted);
  }

  private void run(boolean createTopics) {
    inputs(RUN, AclOperation.READ);
    for (String ours : topics.own()) {
      EnumSet<AclOperation> needed = EnumSet.of(AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS);
      if (!topics.answers().contains(ours) && !ours.equals(topics.lifecycle())) {
        needed.add(AclOperation.READ);
      }
      if (createTopics) {
        needed.add(AclOperation.CREATE);
      }
      add(RUN, ResourceType.TOPIC, ours, PatternType.LITERAL, needed);
    }
    for (String application : applications()) {
      // Changelogs and the topic by which records of an entity meet; Kafka Streams makes them, and
      // deletes regrouped records that were read.
      add(
          RUN,
          ResourceType.TOPIC,
          application + "-",
          PatternType.PREFIXED,
          EnumSet.of(
              AclOperation.CREATE,
              AclOperation.READ,
              AclOperation.WRITE,
              AclOperation.DELETE,
              AclOperation.DESCRIBE_CONFIGS));
      add(RUN, ResourceType.GROUP, application, PatternType.LITERAL, EnumSet.of(AclOperation.READ));
      transactions(RUN, application + "-", PatternType.PREFIXED);
    }
    transactions(RUN, topics.name() + "-bootstrap", PatternType.LITERAL);
  }

  private void commands() {
    topic("model list, show, export", topics.models(), AclOperation.READ);
    topic("generate --config", topics.models(), AclOperation.READ);
    topic("model promote, rollback", topics.models(), AclOperation.READ, AclOperation.WRITE);
    topic("model promote, rollback", topics.lifecycle(), AclOperation.WRITE);
    transactions("model promote, rollback", topics.name() + "-choice", PatternType.LITERAL);
    topic("model train, freeze", topics.control(), AclOperation.WRITE);
    transactions("model train, freeze", topics.name() + "-control", PatternType.LITERAL);
    topic("model train --wait, beside those", topics.lifecycle(), AclOperation.READ);
    topic("feedback", topics.anomalies(), AclOperation.READ);
    topic("feedback", topics.feedback(), AclOperation.WRITE);
    transactions("feedback", topics.name() + "-word", PatternType.LITERAL);
    topic("rules list", topics.rules(), AclOperation.READ);
    topic("rules put, delete", topics.rules(), AclOperation.READ, AclOperation.WRITE);
    transactions("rules put, delete", topics.name() + "-word", PatternType.LITERAL);
    status();
    topic("replay", topics.deadLetters(), AclOperation.READ, AclOperation.WRITE);
    inputs("replay", AclOperation.WRITE);
    transactions("replay", topics.name() + "-replay", PatternType.LITERAL);
    for (String ours : topics.own()) {
      topic(
          "topics --apply, beside those of run",
          ours,
          AclOperation.CREATE,
          AclOperation.ALTER,
          AclOperation.ALTER_CONFIGS);
    }
    reset();
  }

  private void reset() {
    Set<AclOperation> deletion = Set.of(AclOperation.DELETE);
    for (String application : applications()) {
      add(RESET, ResourceType.GROUP, application, PatternType.LITERAL, deletion);
      add(RESET, ResourceType.TOPIC, application + "-", PatternType.PREFIXED, deletion);
    }
    topics.learned().forEach(learned -> topic(RESET, learned, AclOperation.DELETE));
    topics.answers().forEach(answers -> topic(RESET_OUTPUTS, answers, AclOperation.DELETE));
  }

  private void status() {
    inputs("status", AclOperation.READ);
    topic("status", topics.models(), AclOperation.READ);
    topic("status", topics.lifecycle(), AclOperation.READ);
    for (String counted : List.of(topics.verdicts(), topics.anomalies(), topics.deadLetters())) {
      topic("status", counted, AclOperation.DESCRIBE);
    }
    for (String application : applications()) {
      Set<AclOperation> seeing = Set.of(AclOperation.DESCRIBE);
      add("status", ResourceType.GROUP, application, PatternType.LITERAL, seeing);
    }
  }

  /** A pattern's topics by what their names begin with; where that is nothing, all topics. */
  private void inputs(String purpose, AclOperation operation) {
    topics.input().names().forEach(name -> topic(purpose, name, operation));
    if (topics.input().pattern() != null) {
      String prefix = topics.input().prefix();
      add(
          purpose,
          ResourceType.TOPIC,
          prefix.isEmpty() ? ResourcePattern.WILDCARD_RESOURCE : prefix,
          prefix.isEmpty() ? PatternType.LITERAL : PatternType.PREFIXED,
          Set.of(operation));
    }
  }

  private List<String> applications() {
    return List.of(topics.scoring(), topics.training());
  }

  private void topic(String purpose, String name, AclOperation... operations) {
    add(purpose, ResourceType.TOPIC, name, PatternType.LITERAL, Set.of(operations));
  }

  private void transactions(String purpose, String name, PatternType pattern) {
    add(purpose, ResourceType.TRANSACTIONAL_ID, name, pattern, EnumSet.of(AclOperation.WRITE));
  }

  private void add(
      String purpose,
      ResourceType type,
      String name,
      PatternType pattern,
      Set<AclOperation> operations) {
    rights.add(new AccessRight(type, name, pattern, operations, purpose));
  }
}
