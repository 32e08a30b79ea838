package io.kelbo.service;

import io.kelbo.topology.Topics;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

  private final Topics topics;
  private final List<AccessRight> rights = new ArrayList<>();

  private AccessRights(Topics topics) {
    this.topics = topics;
  }

  /**
   * Those of {@code run} first, then those of single commands: all that a command needs, but for
   * {@code topics --apply} and {@code reset}, which need theirs beside those of {@code run}.
   */
  public static List<AccessRight> of(Topics topics, boolean createTopics) {
    AccessRights rights = new AccessRights(topics);
    rights.run(createTopics);
    rights.commands();
    return List.copyOf(rights.rights);
  }

  /** What is said where a topic may not even be seen, which whoever may use it may. */
  public static String hidden(String topic, AclOperation wanted) {
    return new AccessRight(ResourceType.TOPIC, topic, PatternType.LITERAL, Set.of(wanted), "")
        .absence(wanted);
  }

  private void run(boolean createTopics) {
    inputs(RUN, AclOperation.READ);
    Set<String> answers =
        Set.of(
            topics.anomalies(),
            topics.verdicts(),
            topics.imputed(),
            topics.predictions(),
            topics.lifecycle(),
            topics.deadLetters());
    for (String ours : topics.own()) {
      EnumSet<AclOperation> needed = EnumSet.of(AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS);
      if (!answers.contains(ours)) {
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
      topic("topics --apply", ours, AclOperation.ALTER, AclOperation.ALTER_CONFIGS);
    }
    for (String application : applications()) {
      add(
          "reset",
          ResourceType.GROUP,
          application,
          PatternType.LITERAL,
          EnumSet.of(AclOperation.DELETE));
    }
    for (String ours : topics.own()) {
      topic("reset", ours, AclOperation.DELETE);
    }
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
