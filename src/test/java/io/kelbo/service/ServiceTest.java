package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service against a real broker, with four partitions. */
class ServiceTest {
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);
  private static final int ROWS = 1_800;

  @TempDir Path dir;

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
