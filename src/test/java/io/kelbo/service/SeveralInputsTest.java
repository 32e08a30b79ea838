package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.topology.PlantRows;
import io.kelbo.topology.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several topics as one input, against a real broker. */
class SeveralInputsTest {
  private static final Topics TOPICS = new Topics("kelbo", "plant.a");
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void shouldAnswerEachRecordOfAllTopicsAndAdviseEqualPartitions(@TempDir Path dir)
      throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrap()))) {
      cluster.create("plant.a", 4);
      cluster.create("plant.b", 2);
      send(cluster, 0, 900, "plant.a", "plant.b");
      Settings settings = settings(cluster, dir, "topics: [plant.a, plant.b]", "");

      TopicSurvey survey = TopicSurvey.of(admin, settings, 4);
      try (Service service = Service.start(settings)) {
        await().atMost(LONG).until(() -> verdicts(cluster).size() >= 900);

        assertThat(service.ready()).isTrue();
      }

      assertThat(survey.problems()).isEmpty();
      assertThat(survey.advice())
          .singleElement()
          .asString()
          .startsWith("topic 'plant.b' has partitions '2' but should have '4', or an entity")
          .contains("--alter --topic plant.b --partitions 4")
          .doesNotContain("--apply");
      Map<String, Long> byTopic = byTopic(verdicts(cluster));
      assertThat(byTopic)
          .containsExactlyInAnyOrderEntriesOf(Map.of("plant.a", 450L, "plant.b", 450L));
      assertThat(verdicts(cluster)).extracting(v -> v.get("id").asText()).doesNotHaveDuplicates();
      List<JsonNode> learned = of(verdicts(cluster), "warming_up");
      // Each of the six partitions gives as many, so it may be a few more than 500.
      assertThat(learned).hasSizeBetween(500, 505);
      assertThat(byTopic(learned)).hasSize(2);
      assertThat(cluster.committed(TOPICS.deadLetters())).isEmpty();
    }
  }

  @Test
  void shouldTakeInATopicThatIsMadeLaterAndMatches(@TempDir Path dir) throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.create("plant.a", 2);
      cluster.create("other", 2);
      send(cluster, 0, 600, "plant.a");
      send(cluster, 0, 10, "other");
      Settings settings =
          settings(cluster, dir, "pattern: 'plant\\..*'", ", consumer.metadata.max.age.ms: 1000");

      try (Service service = Service.start(settings)) {
        await().atMost(LONG).until(() -> verdicts(cluster).size() >= 600);
        cluster.create("plant.b", 2);
        send(cluster, 600, 700, "plant.b");
        await().atMost(LONG).until(() -> verdicts(cluster).size() >= 700);

        await().atMost(LONG).until(service::ready);
      }

      assertThat(byTopic(verdicts(cluster)))
          .containsExactlyInAnyOrderEntriesOf(Map.of("plant.a", 600L, "plant.b", 100L));
      assertThat(verdicts(cluster)).extracting(v -> v.get("id").asText()).doesNotHaveDuplicates();
    }
  }

  @Test
  void shouldLetRecordsOfAnEntityMeetThatAFieldNamesInWhateverTopic(@TempDir Path dir)
      throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.create("plant.a", 3);
      cluster.create("plant.b", 2);
      long start = Instant.now().minus(Duration.ofHours(2)).toEpochMilli();
      for (int row = 0; row < 900; row++) {
        // Keys that say nothing: the entity stands in the record alone.
        String topic = row % 2 == 0 ? "plant.a" : "plant.b";
        String pump = PlantRows.key(row / 2);
        String named = "{\"pump\": \"%s\", %s".formatted(pump, PlantRows.row(row).substring(1));
        cluster.sendTo(topic, "key-" + row, named, start + row * 1000L);
      }
      cluster.flush();
      Settings settings = settings(cluster, dir, "topics: [plant.a, plant.b], entity: pump", "");

      try (Service service = Service.start(settings)) {
        await().atMost(LONG).until(() -> verdicts(cluster).size() >= 900);

        assertThat(service.ready()).isTrue();
      }

      List<JsonNode> verdicts = verdicts(cluster);
      assertThat(byTopic(verdicts))
          .containsExactlyInAnyOrderEntriesOf(Map.of("plant.a", 450L, "plant.b", 450L));
      assertThat(verdicts).extracting(v -> v.get("id").asText()).doesNotHaveDuplicates();
      Map<String, Set<Integer>> partitions = new TreeMap<>();
      for (var record : cluster.committed(TOPICS.verdicts())) {
        JsonNode verdict = Audit.json(record.value());
        partitions
            .computeIfAbsent(verdict.get("entity").asText(), name -> new TreeSet<>())
            .add(record.partition());
      }
      assertThat(partitions).hasSize(PlantRows.PUMPS);
      assertThat(partitions.values()).allMatch(one -> one.size() == 1);
      assertThat(cluster.committed(TOPICS.deadLetters())).isEmpty();
    }
  }

  @Test
  void shouldMoveALetterBackToTheTopicItCameFrom(@TempDir Path dir) throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.create("plant.a", 1);
      cluster.create("plant.b", 1);
      send(cluster, 0, 600, "plant.a", "plant.b");
      cluster.sendTo("plant.b", "pump-1", "not JSON", Instant.now().toEpochMilli());
      cluster.flush();
      Settings settings = settings(cluster, dir, "topics: [plant.a, plant.b]", "");
      try (Service service = Service.start(settings)) {
        await().atMost(LONG).until(() -> cluster.committed(TOPICS.deadLetters()).size() == 1);
        assertThat(service.ready()).isTrue();
      }

      Replay.Account account = new Replay(settings, new Replay.Choice(null, null, null, 10)).run();

      assertThat(account.moved()).isEqualTo(1);
      assertThat(cluster.committed("plant.b")).hasSize(302);
      assertThat(cluster.committed("plant.a")).hasSize(300);
    }
  }

  @Test
  void shouldSayThatAPatternMatchesNothing(@TempDir Path dir) throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.create("other", 1);
      Settings settings = settings(cluster, dir, "pattern: 'plant\\..*'", "");

      assertThatThrownBy(() -> Service.start(settings))
          .isInstanceOf(ServiceFailure.class)
          .hasMessageStartingWith(
              "input.pattern is 'plant\\..*' but there is no topic of such a name")
          .hasMessageContaining("there is 'other'");
    }
  }

  private static Settings settings(Cluster cluster, Path dir, String watched, String kafka)
      throws Exception {
    return new SettingsReader()
        .read(
            """
            kafka: { bootstrap.servers: "%s"%s }
            input: { %s, from: earliest, late: P1D }
            retrain.every: never
            http.port: 0
            state.dir: '%s'
            """
                .formatted(cluster.bootstrap(), kafka, watched, dir.resolve("state")),
            "test");
  }

  /** Each second of rows goes to the next of the topics. */
  private static void send(Cluster cluster, int from, int to, String... topics) {
    long start = Instant.now().minus(Duration.ofHours(2)).toEpochMilli();
    for (int row = from; row < to; row++) {
      String topic = topics[row / PlantRows.PUMPS % topics.length];
      cluster.sendTo(topic, PlantRows.key(row), PlantRows.row(row), start + row * 1000L);
    }
    cluster.flush();
  }

  private static List<JsonNode> verdicts(Cluster cluster) {
    List<JsonNode> verdicts = new ArrayList<>();
    cluster.committed(TOPICS.verdicts()).forEach(r -> verdicts.add(Audit.json(r.value())));
    return verdicts;
  }

  private static List<JsonNode> of(List<JsonNode> verdicts, String kind) {
    return verdicts.stream().filter(v -> v.get("verdict").asText().equals(kind)).toList();
  }

  private static Map<String, Long> byTopic(Collection<JsonNode> verdicts) {
    return verdicts.stream()
        .collect(
            Collectors.groupingBy(
                v -> v.get("source").get("topic").asText(), Collectors.counting()));
  }
}
