package io.kelbo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.broker.OrderedProducer;
import io.kelbo.service.AccessRight;
import io.kelbo.service.AccessRights;
import io.kelbo.service.GuardedCluster;
import io.kelbo.service.Service;
import io.kelbo.service.SettingsReader;
import io.kelbo.topology.Champion;
import io.kelbo.topology.PlantRows;
import io.kelbo.topology.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each command works with the rights that are listed for it, and names the one that it lacks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandRightsTest {
  private static final Topics TOPICS = new Topics("kelbo", "plant.telemetry");
  private static final String ANOMALY =
      """
      {"id": "plant.telemetry/0/7", "entity": "pump-1", "time": "2026-11-22T08:13:00Z",
       "verdict": "anomaly", "model": {"segment": "default", "version": 1},
       "fields": [{"name": "pressure", "value": 9.1}]}""";
  private static final String RULE =
      """
      {"id": "quiet", "kind": "maintenance", "entity": "pump-1", "reason": "a test",
       "from": "2026-11-22T08:00:00Z", "to": "2026-11-22T09:00:00Z"}""";

  private final Path dir;
  private GuardedCluster cluster;
  private String config;

  CommandRightsTest(@TempDir Path dir) {
    this.dir = dir;
  }

  /** A cluster with a model, an anomaly, a rule and a dead letter. */
  @BeforeAll
  void begin() throws Exception {
    cluster = new GuardedCluster(dir);
    cluster
        .admin()
        .createTopics(List.of(new NewTopic("plant.telemetry", Optional.of(1), Optional.empty())))
        .all()
        .get();
    config = config("kelbo.yaml", cluster.scram(GuardedCluster.PASSWORD));
    String all = config("all.yaml", Map.of("bootstrap.servers", cluster.plainBootstrap()));
    try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                OrderedProducer.properties(cluster.plainBootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        Service service = Service.start(new SettingsReader().read(Path.of(all)))) {
      for (int row = 0; row < 600; row++) {
        String value = row == 550 ? "{" : PlantRows.row(row);
        producer.send(record("plant.telemetry", PlantRows.key(row), value.getBytes(UTF_8)));
      }
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> service.meters().total("kelbo.dead.letters") == 1 && service.ready());
      producer.send(record(TOPICS.anomalies(), "pump-1", ANOMALY.getBytes(UTF_8)));
      // So that there is something to go back from.
      Champion second = new Champion(2, Instant.now(), "a test");
      producer.send(record(TOPICS.models(), "default", second.write()));
    }
    String rule = Files.writeString(dir.resolve("rule.json"), RULE).toString();
    assertThat(Shell.run("rules", "put", rule, "-c", all).err()).isEmpty();
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  @ParameterizedTest(name = "kelbo {0}")
  @CsvSource({
    "model list, 'model list, show, export'",
    "model promote 1, 'model promote, rollback'",
    "generate --count 1, generate --config", // of the champion just promoted
    "model train, 'model train, freeze'",
    "feedback plant.telemetry/0/7 confirmed, feedback",
    "rules list, rules list",
    "rules delete quiet, 'rules put, delete'",
    "status, status",
    "replay --yes, replay",
    // Last, since it forgets what the others need.
    "reset --yes --outputs, reset.*"
  })
  void shouldWorkWithTheRightsListedForItAndNameTheOneThatItLacks(String command, String purposes)
      throws Exception {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of("-c", config));
    String[] arguments = words.toArray(String[]::new);
    List<AccessRight> rights =
        AccessRights.of(TOPICS, true).stream().filter(r -> r.purpose().matches(purposes)).toList();
    assertThat(rights).isNotEmpty();

    for (AccessRight right : rights) {
      for (AclOperation operation : right.operations()) {
        cluster.grantOnly(without(rights, right, operation));

        Shell refused = Shell.run(arguments);

        String lack = lack(right, operation);
        assertThat(refused.err()).as("without " + lack).contains("the right to " + lack);
        assertThat(refused.code()).isEqualTo(1);
      }
    }
    cluster.grantOnly(rights);
    Shell done = Shell.run(arguments);

    assertThat(done.err()).isEmpty();
    assertThat(done.code()).isZero();
  }

  private static String lack(AccessRight right, AclOperation operation) {
    String begin = right.pattern() == PatternType.PREFIXED ? "s that begin with" : "";
    return "%s on %s%s '%s'".formatted(operation, right.kind(), begin, right.name());
  }

  private static List<AccessRight> without(
      List<AccessRight> rights, AccessRight one, AclOperation operation) {
    List<AccessRight> left = new ArrayList<>(rights);
    left.remove(one);
    Set<AclOperation> others = new HashSet<>(one.operations());
    others.remove(operation);
    left.add(new AccessRight(one.type(), one.name(), one.pattern(), others, one.purpose()));
    return left;
  }

  private String config(String name, Map<String, String> kafka) throws Exception {
    Path file = dir.resolve(name);
    Map<String, Object> settings =
        Map.of(
            "kafka",
            kafka,
            "input",
            Map.of("topic", "plant.telemetry", "from", "earliest"),
            "http",
            Map.of("port", "0"),
            "state",
            Map.of("dir", dir.resolve("state").toString()));
    // JSON is YAML.
    return Files.writeString(file, new ObjectMapper().writeValueAsString(settings)).toString();
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
    return new ProducerRecord<>(topic, key.getBytes(UTF_8), value);
  }
}
