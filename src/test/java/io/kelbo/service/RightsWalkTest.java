package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kelbo.topology.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each right of {@code run} that docs/security.md lists is taken away alone, and what the start,
 * {@code check} and a running service ask says exactly that one.
 */
class RightsWalkTest {
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);
  private static final List<AccessRight> RIGHTS = AccessRights.run(TOPICS, true);

  @Test
  void shouldNameEachRightThatIsMissingAndNoOther(@TempDir Path dir) throws Exception {
    List<String> walked = new ArrayList<>();
    try (GuardedCluster cluster = new GuardedCluster(dir);
        Admin kelbo = Admin.create(Map.copyOf(cluster.scram(GuardedCluster.PASSWORD)))) {
      cluster.grant(RIGHTS);
      create(cluster, Stream.of(Cluster.INPUT));
      assertMissing(kelbo, RIGHTS, List.of());

      walk(cluster, kelbo, AclOperation.CREATE::equals, walked);
      create(cluster, Stream.concat(TOPICS.own().stream(), TOPICS.internal().stream()));
      walk(cluster, kelbo, operation -> operation != AclOperation.CREATE, walked);

      assertMissing(kelbo, RIGHTS, List.of());
    }
    assertThat(walked).doesNotHaveDuplicates().hasSize(58);
  }

  private static void walk(
      GuardedCluster cluster, Admin kelbo, Predicate<AclOperation> some, List<String> walked)
      throws Exception {
    for (AccessRight right : RIGHTS) {
      List<AccessRight> alike = RIGHTS.stream().filter(r -> r.type() == right.type()).toList();
      for (AclOperation operation : right.operations()) {
        if (some.test(operation)) {
          AccessRight one =
              new AccessRight(
                  right.type(), right.name(), right.pattern(), Set.of(operation), right.purpose());
          cluster.take(one);
          assertMissing(kelbo, alike, List.of(right.absence(operation)));
          cluster.grant(List.of(one));
          walked.add(right.absence(operation));
        }
      }
    }
  }

  /** Waits, since a broker takes an ACL up a moment after it is said to be there. */
  private static void assertMissing(Admin kelbo, List<AccessRight> asked, List<String> expected) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> assertThat(MissingRights.of(kelbo, TOPICS, asked)).isEqualTo(expected));
  }

  private static void create(GuardedCluster cluster, Stream<String> topics) throws Exception {
    cluster
        .admin()
        .createTopics(
            topics.map(topic -> new NewTopic(topic, Optional.of(1), Optional.empty())).toList())
        .all()
        .get();
  }
}
