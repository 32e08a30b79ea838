package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kelbo.broker.OrderedProducer;
import io.kelbo.topology.PlantRows;
import io.kelbo.topology.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With passwords, certificates and ACLs on: the listed rights are enough, and one less is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardedClusterTest {
  private static final int ROWS = 700;

  private final Path dir;
  private GuardedCluster cluster;

  GuardedClusterTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @BeforeAll
  void begin() throws Exception {
    cluster = new GuardedCluster(dir);
    cluster
        .admin()
        .createTopics(List.of(new NewTopic(Cluster.INPUT, Optional.of(2), Optional.empty())))
        .all()
        .get();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            OrderedProducer.properties(cluster.plainBootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int row = 0; row < ROWS; row++) {
        producer.send(
            new ProducerRecord<>(
                Cluster.INPUT, bytes(PlantRows.key(row)), bytes(PlantRows.row(row))));
      }
    }
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource({"scram", "plain", "mutual"})
  void shouldRunWithExactlyTheRightsThatAreListed(String way) throws Exception {
    Settings settings = settings("kelbo-" + way, properties(way));
    cluster.grantOnly(rights(settings));

    try (Service service = Service.start(settings)) {
      await().atMost(Duration.ofSeconds(90)).until(service::ready);
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> service.meters().total("kelbo.records") >= ROWS);
      assertThat(service.meters().total("kelbo.replaced.threads")).isZero();
    }
  }

  @Test
  void shouldRunWithRightsToWhatBeginsWithItsName() throws Exception {
    Settings settings = settings("kelbo-wide", cluster.scram(GuardedCluster.PASSWORD));
    Map<ResourceType, Set<AclOperation>> operations = new EnumMap<>(ResourceType.class);
    for (AccessRight right : rights(settings)) {
      if (!right.name().equals(Cluster.INPUT)) {
        operations
            .computeIfAbsent(right.type(), type -> EnumSet.noneOf(AclOperation.class))
            .addAll(right.operations());
      }
    }
    List<AccessRight> wide = new ArrayList<>();
    wide.add(rights(settings).get(0));
    operations.forEach(
        (type, some) ->
            wide.add(new AccessRight(type, "kelbo-wide", PatternType.PREFIXED, some, "run")));
    cluster.grantOnly(wide);

    try (Service service = Service.start(settings)) {
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> service.meters().total("kelbo.records") >= ROWS);
      assertThat(wide).hasSize(4);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TOPIC, plant.telemetry, READ, READ on topic 'plant.telemetry'",
    "TOPIC, less-score-, CREATE, CREATE on topics that begin with 'less-score-'",
    "TOPIC, made.verdicts, WRITE, WRITE on topic 'made.verdicts'",
    "TOPIC, made.models, READ, READ on topic 'made.models'"
  })
  void shouldStopAtTheStartAndNameTheRightThatIsMissing(
      String type, String name, AclOperation operation, String sentence) throws Exception {
    // The start with 'made' makes its topics first: only then can the broker say this.
    Settings settings =
        settings(name.startsWith("made") ? "made" : "less", cluster.scram(GuardedCluster.PASSWORD));
    List<AccessRight> rights = new ArrayList<>();
    for (AccessRight right : rights(settings)) {
      boolean meant = right.type().name().equals(type) && right.name().equals(name);
      Set<AclOperation> left = new HashSet<>(right.operations());
      if (meant) {
        assertThat(left.remove(operation)).isTrue();
      }
      rights.add(
          new AccessRight(right.type(), right.name(), right.pattern(), left, right.purpose()));
    }
    cluster.grantOnly(rights);

    assertThatThrownBy(() -> Service.start(settings).close())
        .isInstanceOf(ServiceFailure.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void shouldSayThatThePasswordIsWrongWithoutSayingIt() {
    Settings settings = settings("kelbo", cluster.scram("not-the-password-9431"));

    assertThatThrownBy(() -> Service.start(settings).close())
        .isInstanceOf(ServiceFailure.class)
        .hasMessageContaining("Authentication failed")
        .hasMessageNotContaining("9431");
  }

  @Test
  void shouldPassPropertiesToTheClientsThatTheyName() throws Exception {
    Map<String, String> prefixed = new HashMap<>();
    cluster
        .scram(GuardedCluster.PASSWORD)
        .forEach(
            (key, value) -> {
              if (key.equals("bootstrap.servers")) {
                prefixed.put(key, value);
              } else {
                for (String client : List.of("consumer.", "producer.", "admin.")) {
                  prefixed.put(client + key, value);
                }
              }
            });
    Settings settings = settings("kelbo-prefixed", prefixed);
    cluster.grantOnly(rights(settings));

    try (Service service = Service.start(settings)) {
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> service.meters().total("kelbo.records") >= ROWS);
    }
  }

  private Map<String, String> properties(String way) {
    return switch (way) {
      case "scram" -> cluster.scram(GuardedCluster.PASSWORD);
      case "plain" -> cluster.plain(GuardedCluster.PASSWORD);
      default -> cluster.mutual();
    };
  }

  private static List<AccessRight> rights(Settings settings) {
    return AccessRights.of(new Topics(settings.name(), Cluster.INPUT), true).stream()
        .filter(right -> right.purpose().equals(AccessRights.RUN))
        .toList();
  }

  private Settings settings(String name, Map<String, String> kafka) {
    return TestSettings.named(name, kafka, dir.resolve("state-" + name));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
