package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.cli.Shell;
import io.kelbo.topology.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model for each value of a field, on a broker and by two instances, of which one leaves. */
class LiveSegmentsTest {
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path dir;
  private final long start = Instant.now().minus(Duration.ofDays(20)).toEpochMilli();
  private int sent;

  LiveSegmentsTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void shouldGiveEachSegmentItsOwnChampionAndTakeOneBackWithoutTheOther() throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.createInput();
      send(cluster, 700);
      try (Service first = start(cluster, "first")) {
        try (Service second = start(cluster, "second")) {
          await().atMost(PATIENCE).until(() -> judges(cluster).equals(Set.of("left/1", "right/1")));
          send(cluster, 2_100);
          train("left");
          train("right");
          await().atMost(PATIENCE).until(() -> judges(cluster).equals(Set.of("left/2", "right/2")));

          Shell back = Shell.run("model", "rollback", "--segment", "left", "-c", yaml("first"));

          assertThat(back.out()).contains("Version 1 scores from now on");
          await().atMost(PATIENCE).until(() -> judges(cluster).equals(Set.of("left/1", "right/2")));
          assertThat(second.meters().total("kelbo.records")).isPositive();
        }
        send(cluster, 600);
        await().atMost(PATIENCE).until(() -> cluster.allAnswered(TOPICS));
        assertThat(judges(cluster)).containsExactly("left/1", "right/2");
        assertThat(first.meters().total("kelbo.replaced.threads")).isZero();
      }

      FaultAudit audit = FaultAudit.of(cluster, TOPICS);
      assertThat(audit.faults()).isEmpty();
      assertThat(audit.byproducts().told()).isPositive();
      assertThat(audit.byproducts().completed()).isPositive();
    }
  }

  /** Who judges some records more: of both lines in all partitions that have records. */
  private Set<String> judges(Cluster cluster) {
    int from = sent;
    send(cluster, 12);
    await().atMost(PATIENCE).until(() -> cluster.allAnswered(TOPICS));
    Set<String> judges = new TreeSet<>();
    cluster.each(
        TOPICS.verdicts(),
        record -> {
          JsonNode verdict = Audit.json(record.value());
          long row = (Instant.parse(verdict.get("time").asText()).toEpochMilli() - start) / 1_000;
          if (row >= from) {
            judges.add(
                verdict.at("/model/segment").asText() + "/" + verdict.at("/model/version").asInt());
          }
        });
    return judges;
  }

  /** Twice as many records as the first one learned from make a challenger win. */
  private void train(String segment) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                Shell.run("model", "train", "--wait", "--segment", segment, "-c", yaml("first"))
                    .out()
                    .startsWith("promoted"));
  }

  private void send(Cluster cluster, int rows) {
    for (int end = sent + rows; sent < end; sent++) {
      cluster.send(Load.record(sent, start + 1_000L * sent));
    }
    cluster.flush();
  }

  private Service start(Cluster cluster, String instance) throws Exception {
    String configuration =
        """
        kafka: { bootstrap.servers: "%s", num.stream.threads: 1, group.protocol: streams }
        %s
        segment: line
        alarms: { budget: "0.001", silence: "off" }
        warmup.records: 200
        retrain: { every: never, window: P60D, sample: 100000 }
        state.dir: "%s"
        http.port: 0
        """
            .formatted(cluster.bootstrap(), Load.INPUT_SECTION, dir.resolve(instance));
    Files.writeString(Path.of(yaml(instance)), configuration);
    return Service.start(new SettingsReader().read(configuration, "test"));
  }

  private String yaml(String instance) {
    return dir.resolve(instance + ".yaml").toString();
  }
}
