package io.kelbo.service;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/** What to say of a failure of Kafka's: the right that is missing, where it was refused for one. */
public final class Refusal {
  private Refusal() {}

  /** Of a client that reads. */
  public static String ofReading(Throwable refused) {
    return sentence(refused, AclOperation.READ, null);
  }

  /** Of a client that writes in transactions. */
  public static String ofWriting(Throwable refused, String transactionalId) {
    return sentence(refused, AclOperation.WRITE, transactionalId);
  }

  /** Of a question about topics or groups. */
  public static String ofAsking(Throwable refused) {
    return sentence(refused, AclOperation.DESCRIBE, null);
  }

  private static String sentence(
      Throwable refused, AclOperation operation, @Nullable String transactionalId) {
    for (Throwable at = refused; at != null; at = at.getCause()) {
      if (at instanceof TopicAuthorizationException topics
          && !topics.unauthorizedTopics().isEmpty()) {
        return topics.unauthorizedTopics().stream()
            .sorted()
            .map(topic -> absence(ResourceType.TOPIC, topic, operation))
            .collect(Collectors.joining("; "));
      }
      if (at instanceof TransactionalIdAuthorizationException && transactionalId != null) {
        return absence(ResourceType.TRANSACTIONAL_ID, transactionalId, AclOperation.WRITE);
      }
      if (at instanceof GroupAuthorizationException group && group.groupId() != null) {
        return absence(ResourceType.GROUP, group.groupId(), operation);
      }
    }
    return String.valueOf(refused.getMessage());
  }

  private static String absence(ResourceType type, String name, AclOperation operation) {
    return new AccessRight(type, name, PatternType.LITERAL, Set.of(operation), "")
        .absence(operation);
  }
}
