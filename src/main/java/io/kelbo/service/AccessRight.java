package io.kelbo.service;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A right that Kelbo needs in Kafka.
 *
 * @param name of the resource, or what it begins with
 * @param purpose the command that needs it: {@code run}, {@code topics --apply}, …
 */
public record AccessRight(
    ResourceType type,
    String name,
    PatternType pattern,
    Set<AclOperation> operations,
    String purpose) {
  public AccessRight {
    operations = Set.copyOf(operations);
  }

  /** {@code WRITE on topic 'kelbo.verdicts'}. */
  String sentence(AclOperation operation) {
    return "%s on %s%s '%s'"
        .formatted(
            operation, kind(), pattern == PatternType.PREFIXED ? "s that begin with" : "", name);
  }

  /** What is said where one of its operations is not allowed. */
  String absence(AclOperation operation) {
    AccessRight alone = new AccessRight(type, name, pattern, Set.of(operation), purpose);
    return "the right to %s is missing: grant it, with %s"
        .formatted(sentence(operation), alone.command("User:…"));
  }

  /** As the broker keeps it. */
  public List<AclBinding> bindings(String principal) {
    return operations.stream()
        .sorted()
        .map(
            operation ->
                new AclBinding(
                    new ResourcePattern(type, name, pattern),
                    new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)))
        .toList();
  }

  /** As arguments of Kafka's own tool, without the connection. */
  public String command(String principal) {
    StringBuilder words =
        new StringBuilder("kafka-acls --add --allow-principal '%s'".formatted(principal));
    for (AclOperation operation : new TreeSet<>(operations)) {
      words.append(" --operation ").append(word(operation));
    }
    words.append(" --%s '%s'".formatted(kind().replace(' ', '-'), name));
    if (pattern == PatternType.PREFIXED) {
      words.append(" --resource-pattern-type prefixed");
    }
    return words.toString();
  }

  /** {@code topic}, {@code group} or {@code transactional id}. */
  public String kind() {
    return type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String word(AclOperation operation) {
    StringBuilder word = new StringBuilder();
    for (String part : operation.name().split("_", -1)) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return word.toString();
  }
}
