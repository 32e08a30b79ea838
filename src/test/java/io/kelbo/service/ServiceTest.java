package io.kelbo.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kelbo.topology.PlantRows;
import io.kelbo.topology.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole service against a real broker, with four partitions. */
class ServiceTest {
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);
  private static final int ROWS = 1_800;

  private Path dir;

  @BeforeEach
  void folder(@TempDir Path folder) {
    dir = folder;
  }

  @Test
  void shouldAnswerEachRecordAndGoOnLearning() throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.createInput();
      send(cluster, 0, ROWS);

      try (Service service =
          Service.start(TestSettings.of(cluster.bootstrap(), dir.resolve("state")))) {
        await().atMost(Duration.ofSeconds(60)).until(service::ready);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> cluster.committed(TOPICS.verdicts()).size() >= ROWS);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> ModelsReader.read(settings(cluster)).of("default").size() >= 2);

        Audit audit = Audit.of(cluster, TOPICS);
        assertThat(audit.answers()).hasSize(ROWS);
        assertThat(audit.doubled()).isEmpty();
        assertThat(audit.count("warming_up")).isEqualTo(500);
        assertThat(audit.count("anomaly")).isGreaterThan(0);
        assertThat(cluster.committed(TOPICS.anomalies())).isNotEmpty();
        assertThat(cluster.committed(TOPICS.samples())).isNotEmpty();
        assertThat(cluster.committed(TOPICS.imputed())).hasSizeGreaterThanOrEqualTo(ROWS / 40);
        assertThat(cluster.committed(TOPICS.deadLetters())).isEmpty();
        assertThat(get(service, "/health/ready").statusCode()).isEqualTo(200);
        assertThat(get(service, "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(service, "/metrics").body()).contains("kelbo_verdicts");
      }
    }
  }

  @Test
  void shouldLearnFromWhatWaitsAndJudgeItAllTheSame() throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.createInput();
      send(cluster, 0, ROWS);
      Settings usual = TestSettings.of(cluster.bootstrap(), dir.resolve("state"), null, null);

      try (Service service = Service.start(TestSettings.learningFrom(1_000, usual))) {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> cluster.committed(TOPICS.verdicts()).size() >= ROWS);

        Audit audit = Audit.of(cluster, TOPICS);
        assertThat(audit.answers()).hasSize(ROWS);
        assertThat(audit.count("warming_up")).isEqualTo(500);
        assertThat(ModelsReader.read(usual).of("default").get(0).records())
            .isBetween(1_000L, 1_003L);
      }
    }
  }

  @Test
  void shouldMeetTheRecordsOfAnEntityThatIsAField() throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.createInput();
      send(cluster, 0, 900);
      Settings byMode = TestSettings.of(cluster.bootstrap(), dir.resolve("state"), null, "mode");

      try (Service service = Service.start(byMode)) {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> cluster.committed(TOPICS.verdicts()).size() >= 900);

        Audit audit = Audit.of(cluster, TOPICS);
        assertThat(audit.answers()).hasSize(900);
        assertThat(audit.doubled()).isEmpty();
        assertThat(audit.verdicts())
            .extracting(verdict -> verdict.get("entity").asText())
            .containsOnly("day", "night");
        await().atMost(Duration.ofSeconds(60)).until(service::ready);
        assertThat(cluster.committed(TOPICS.samples())).isNotEmpty();
      }
    }
  }

  @Test
  void shouldSayThatItIsWarmingUpAndCloseAtOnce() throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.createInput();
      send(cluster, 0, 12);
      Service service = Service.start(settings(cluster));
      try (service) {
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> get(service, "/health/ready").body().equals("warming up 12 of 500\n"));
        assertThat(get(service, "/health/ready").statusCode()).isEqualTo(503);
        assertThat(get(service, "/health/live").statusCode()).isEqualTo(200);
        assertThat(Audit.json(get(service, "/status").body().getBytes(UTF_8)).get("warm_up"))
            .hasToString("{\"collected\":12,\"wanted\":500}");
      }
      service.awaitTermination();
    }
  }

  @Test
  void shouldTellReadyTrainersFromScorersThatWait() throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.createInput();
      send(cluster, 0, 12);
      try (Service scorer = Service.start(apart(cluster, "score"));
          Service trainer = Service.start(apart(cluster, "train"))) {
        await().atMost(Duration.ofSeconds(30)).until(trainer::ready);

        assertThat(get(trainer, "/metrics").body())
            .contains("kelbo_ready{application=\"kelbo\",roles=\"train\"} 1.0");
        assertThat(get(scorer, "/metrics").body())
            .contains("kelbo_ready{application=\"kelbo\",roles=\"score\"} 0.0");
      }
    }
  }

  private Settings apart(Cluster cluster, String role) throws SettingsProblems {
    String yaml =
        """
        roles: [%s]
        kafka: { bootstrap.servers: "%s" }
        input: { topic: plant.telemetry, from: earliest }
        http:  { port: 0 }
        state: { dir: "%s" }
        """;
    return new SettingsReader()
        .read(yaml.formatted(role, cluster.bootstrap(), dir.resolve(role)), "test");
  }

  @Test
  void shouldNameAnInputThatDoesNotExist() {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      assertThatThrownBy(() -> Service.start(settings(cluster)))
          .isInstanceOf(ServiceFailure.class)
          .hasMessageStartingWith("input.topic is 'plant.telemetry' but there is no such topic");
    }
  }

  @Test
  @Timeout(20)
  void shouldSayThatNoBrokerAnswers() {
    assertThatThrownBy(() -> Service.start(TestSettings.of("127.0.0.1:1", dir)))
        .isInstanceOf(Unreachable.class)
        .hasMessageStartingWith("kafka.bootstrap.servers is '127.0.0.1:1' but no broker answers");
  }

  private Settings settings(Cluster cluster) {
    return TestSettings.of(cluster.bootstrap(), dir.resolve("state"));
  }

  private static void send(Cluster cluster, int from, int to) {
    long start = Instant.now().minus(Duration.ofHours(2)).toEpochMilli();
    for (int row = from; row < to; row++) {
      boolean strange = row > 700 && row % 300 < 3;
      cluster.send(
          PlantRows.key(row),
          strange ? PlantRows.strange(row) : PlantRows.row(row),
          start + row * 1000L);
    }
    cluster.flush();
  }

  private static HttpResponse<String> get(Service service, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
