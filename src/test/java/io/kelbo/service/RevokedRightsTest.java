package io.kelbo.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kelbo.broker.OrderedProducer;
import io.kelbo.topology.PlantRows;
import io.kelbo.topology.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
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
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A right is taken away from a running service: its threads die and are replaced, it goes on once
 * the right is back, and stops, not alive, where it stays away.
 */
class RevokedRightsTest {
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final AccessRight WRITING =
      new AccessRight(
          ResourceType.TOPIC,
          TOPICS.verdicts(),
          PatternType.LITERAL,
          Set.of(AclOperation.WRITE),
          AccessRights.RUN);

  @Test
  void shouldReplaceThreadsThatDieAndStopAtTheFifthSayingWhichRightIsMissing(@TempDir Path dir)
      throws Exception {
    try (GuardedCluster cluster = new GuardedCluster(dir);
        Cluster reading = new Cluster(cluster.plainBootstrap(), () -> {});
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                OrderedProducer.properties(cluster.plainBootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      cluster
          .admin()
          .createTopics(List.of(new NewTopic(Cluster.INPUT, Optional.of(1), Optional.empty())))
          .all()
          .get();
      send(producer, 0, 600);
      cluster.grant(AccessRights.run(TOPICS, true));
      try (Service service = Service.start(settings(cluster, dir))) {
        patiently().until(() -> reading.count(TOPICS.verdicts()) == 600);

        cluster.take(WRITING);
        send(producer, 600, 610);
        patiently().until(() -> replaced(service) > 0);
        assertThat(live(service).statusCode()).isEqualTo(200);
        cluster.grant(List.of(WRITING));
        patiently().until(() -> reading.count(TOPICS.verdicts()) == 610);
        assertThat(live(service).statusCode()).isEqualTo(200);

        cluster.take(WRITING);
        send(producer, 610, 620);
        patiently().until(() -> live(service).statusCode() == 503);
        assertThat(live(service).body())
            .contains("5 of its threads died", "the right to WRITE on topic 'kelbo.verdicts'")
            .contains("kafka-acls --add");
        assertThat(replaced(service)).isEqualTo(Threads.MOST - 1);
      }

      cluster.grant(List.of(WRITING));
      try (Service service = Service.start(settings(cluster, dir))) {
        patiently().until(() -> reading.count(TOPICS.verdicts()) == 620);
        assertThat(reading.count(TOPICS.deadLetters())).isZero();
        assertThat(live(service).statusCode()).isEqualTo(200);
      }
    }
  }

  /** Threads that die are what is tried, not a fault of the test. */
  private static ConditionFactory patiently() {
    return await().atMost(PATIENCE).dontCatchUncaughtExceptions();
  }

  private static long replaced(Service service) {
    return service.meters().total("kelbo.replaced.threads");
  }

  private static HttpResponse<String> live(Service service) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:%d/health/live".formatted(service.port())))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static Settings settings(GuardedCluster cluster, Path dir) {
    Map<String, String> kafka = cluster.scram(GuardedCluster.PASSWORD);
    // A dead thread's partitions are waited for this long.
    kafka.put("session.timeout.ms", "2000");
    kafka.put("heartbeat.interval.ms", "500");
    return TestSettings.named("kelbo", kafka, dir.resolve("state"));
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, int from, int to) {
    for (int row = from; row < to; row++) {
      producer.send(
          new ProducerRecord<>(
              Cluster.INPUT,
              PlantRows.key(row).getBytes(UTF_8),
              PlantRows.row(row).getBytes(UTF_8)));
    }
    producer.flush();
  }
}
