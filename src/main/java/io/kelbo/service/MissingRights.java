package io.kelbo.service;

import io.kelbo.topology.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker which rights are not there. Changes nothing. Without an authorizer Kafka says
 * that everything is allowed.
 */
final class MissingRights {
  private final Admin admin;
  private final Topics topics;
  private final Map<String, KafkaFuture<TopicDescription>> described = new HashMap<>();
  private final Set<String> sentences = new LinkedHashSet<>();

  private MissingRights(Admin admin, Topics topics) {
    this.admin = admin;
    this.topics = topics;
  }

  /**
   * A sentence for each right that is missing.
   *
   * @throws ExecutionException if the broker does not answer
   */
  static List<String> of(Admin admin, Topics topics, Collection<AccessRight> rights)
      throws InterruptedException, ExecutionException {
    MissingRights missing = new MissingRights(admin, topics);
    missing.describe(rights);
    for (AccessRight right : rights) {
      switch (right.type()) {
        case TOPIC -> missing.topic(right);
        case GROUP -> missing.group(right);
        default -> missing.transactions(right);
      }
    }
    return List.copyOf(missing.sentences);
  }

  /** Asks of all topics at once. */
  private void describe(Collection<AccessRight> rights)
      throws InterruptedException, ExecutionException {
    Set<String> names = new LinkedHashSet<>();
    for (AccessRight right : rights) {
      if (right.type() == ResourceType.TOPIC) {
        names.addAll(names(right));
      }
    }
    described.putAll(
        admin
            .describeTopics(names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues());
  }

  private void topic(AccessRight right) throws InterruptedException, ExecutionException {
    for (String name : names(right)) {
      Set<AclOperation> allowed;
      try {
        allowed = got(Objects.requireNonNull(described.get(name))).authorizedOperations();
      } catch (AuthorizationException hidden) {
        allowed = unseen(name);
      } catch (UnknownTopicOrPartitionException absent) {
        create(right, name);
        continue;
      }
      Set<AclOperation> needed = new LinkedHashSet<>(right.operations());
      needed.remove(AclOperation.CREATE); // it is there
      compare(right, needed, allowed);
    }
  }

  /** What is allowed on a topic that may not be seen: of what is asked for, at most this. */
  private Set<AclOperation> unseen(String name) throws InterruptedException, ExecutionException {
    try {
      got(
          admin
              .describeConfigs(List.of(new ConfigResource(ConfigResource.Type.TOPIC, name)))
              .all());
    } catch (AuthorizationException refused) {
      return Set.of();
    } catch (UnknownTopicOrPartitionException allowed) {
      return Set.of(AclOperation.DESCRIBE_CONFIGS);
    }
    return Set.of(AclOperation.DESCRIBE_CONFIGS);
  }

  /** A topic that is not there yet: whether it might be made; rights to it cannot be asked. */
  private void create(AccessRight right, String name)
      throws InterruptedException, ExecutionException {
    if (!right.operations().contains(AclOperation.CREATE)) {
      return;
    }
    try {
      got(
          admin
              .createTopics(
                  List.of(new NewTopic(name, Optional.of(1), Optional.empty())),
                  new CreateTopicsOptions().validateOnly(true))
              .all());
    } catch (AuthorizationException refused) {
      say(right, AclOperation.CREATE);
    } catch (TopicExistsException made) {
      return; // by an instance that starts beside this one; who may not create is told before that
    }
  }

  private void group(AccessRight right) throws InterruptedException, ExecutionException {
    DescribeConsumerGroupsOptions withRights =
        new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
    try {
      compare(
          right,
          right.operations(),
          got(Objects.requireNonNull(
                  admin
                      .describeConsumerGroups(List.of(right.name()), withRights)
                      .describedGroups()
                      .get(right.name())))
              .authorizedOperations());
    } catch (AuthorizationException hidden) {
      compare(right, right.operations(), Set.of());
    } catch (GroupIdNotFoundException | IllegalArgumentException otherKind) {
      offsets(right);
    }
  }

  /** A group that is not there, or is of the protocol 'streams': its offsets need DESCRIBE. */
  private void offsets(AccessRight right) throws InterruptedException, ExecutionException {
    try {
      got(admin.listConsumerGroupOffsets(right.name()).partitionsToOffsetAndMetadata());
    } catch (AuthorizationException hidden) {
      compare(right, right.operations(), Set.of());
    } catch (GroupIdNotFoundException allowed) {
      return; // whoever may not look is told so, not this
    }
  }

  /** The broker does not say who may write; whoever may write may look, and looking it refuses. */
  private void transactions(AccessRight right) throws InterruptedException, ExecutionException {
    String id = right.pattern() == PatternType.PREFIXED ? right.name() + "check" : right.name();
    try {
      got(admin.describeTransactions(List.of(id)).all());
    } catch (TransactionalIdNotFoundException allowed) {
      return; // likewise
    } catch (AuthorizationException refused) {
      say(right, AclOperation.WRITE);
    }
  }

  private List<String> names(AccessRight right) throws InterruptedException, ExecutionException {
    if (topics.input().pattern() != null && right.operations().equals(Set.of(AclOperation.READ))) {
      // What a pattern takes in and may not be seen at all is not known here either.
      Set<String> there = got(admin.listTopics().names());
      return topics.inputs(() -> there);
    }
    if (right.pattern() == PatternType.LITERAL) {
      return List.of(right.name());
    }
    return topics.internal().stream().filter(name -> name.startsWith(right.name())).toList();
  }

  private void compare(
      AccessRight right, Set<AclOperation> needed, @Nullable Set<AclOperation> allowed) {
    // Null where the broker is too old to say.
    if (allowed != null) {
      needed.stream().sorted().filter(o -> !allowed.contains(o)).forEach(o -> say(right, o));
    }
  }

  private void say(AccessRight right, AclOperation operation) {
    sentences.add(right.absence(operation));
  }

  private static <T> T got(KafkaFuture<T> future) throws InterruptedException, ExecutionException {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      if (Objects.requireNonNullElse(failed.getCause(), failed) instanceof RuntimeException known
          && (known instanceof AuthorizationException
              || known instanceof TopicExistsException
              || known instanceof UnknownTopicOrPartitionException
              || known instanceof GroupIdNotFoundException
              || known instanceof IllegalArgumentException
              || known instanceof TransactionalIdNotFoundException)) {
        throw known;
      }
      throw failed;
    }
  }
}
