package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.service.AccessRight;
import io.kelbo.service.AccessRights;
import io.kelbo.service.GuardedCluster;
import io.kelbo.topology.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code topics --apply} names each right that it lacks, before it changes anything. */
class AppliedTopicsTest {
  private static final Topics TOPICS = new Topics("kelbo", "plant.telemetry");

  private GuardedCluster cluster;
  private String config;

  @BeforeEach
  void begin(@TempDir Path dir) throws Exception {
    cluster = new GuardedCluster(dir);
    NewTopic input = new NewTopic("plant.telemetry", Optional.of(1), Optional.empty());
    cluster.admin().createTopics(List.of(input)).all().get();
    Map<String, Object> settings =
        Map.of(
            "kafka", cluster.scram(GuardedCluster.PASSWORD),
            "input", Map.of("topic", "plant.telemetry"),
            "topics", Map.of("create", "false"),
            "state", Map.of("dir", dir.resolve("state").toString()));
    // JSON is YAML.
    config =
        Files.writeString(
                dir.resolve("kelbo.yaml"), new ObjectMapper().writeValueAsString(settings))
            .toString();
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void shouldCreateAndAlterWithTheRightsListedForItOnly() throws Exception {
    grantAllBut("CREATE", TOPICS.own());
    Shell uncreated = apply();
    grantAllBut("", List.of());
    Shell created = apply();
    spoil();
    grantAllBut("ALTER_CONFIGS", List.of(TOPICS.models()));
    Shell unaltered = apply();
    grantAllBut("ALTER", List.of(TOPICS.verdicts()));
    Shell ungrown = apply();
    grantAllBut("", List.of());
    Shell mended = apply();

    assertThat(uncreated.code()).isEqualTo(1);
    TOPICS.own().forEach(topic -> assertThat(uncreated.err()).contains(lack("CREATE", topic)));
    assertThat(created.err()).isEmpty();
    assertThat(created.out()).contains("created topic 'kelbo.models'");
    assertThat(created.code()).isZero();
    assertThat(unaltered.err())
        .contains(lack("ALTER_CONFIGS", TOPICS.models()), "Nothing was changed.");
    assertThat(ungrown.err()).contains(lack("ALTER", TOPICS.verdicts()));
    assertThat(mended.out())
        .contains(
            "DONE     topic 'kelbo.models': cleanup.policy from 'delete' to 'compact'",
            "DONE     topic 'kelbo.verdicts': partitions from '1' to '2'",
            "Nothing is to be changed.");
    assertThat(mended.code()).isZero();
  }

  private Shell apply() {
    return Shell.run("topics", "--apply", "-c", config);
  }

  private static String lack(String operation, String topic) {
    return "the right to %s on topic '%s' is missing".formatted(operation, topic);
  }

  /** As somebody might, by hand or by giving the input more partitions. */
  private void spoil() throws Exception {
    cluster
        .admin()
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, TOPICS.models()),
                Set.of(
                    new AlterConfigOp(
                        new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET))))
        .all()
        .get();
    cluster
        .admin()
        .createPartitions(Map.of("plant.telemetry", NewPartitions.increaseTo(2)))
        .all()
        .get();
  }

  /** The rights of {@code run} and {@code topics --apply}, but one to some topics. */
  private void grantAllBut(String operation, List<String> lacking) throws Exception {
    List<AccessRight> granted = new ArrayList<>(AccessRights.of(TOPICS, false));
    granted.removeIf(r -> !r.purpose().equals("run") && !r.purpose().startsWith("topics --apply"));
    if (!operation.isEmpty()) {
      granted.replaceAll(
          right -> lacking.contains(right.name()) ? without(right, operation) : right);
    }
    cluster.grantOnly(granted);
  }

  private static AccessRight without(AccessRight right, String operation) {
    Set<AclOperation> others = new HashSet<>(right.operations());
    others.remove(AclOperation.valueOf(operation));
    return new AccessRight(right.type(), right.name(), right.pattern(), others, right.purpose());
  }
}
