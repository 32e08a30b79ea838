package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kelbo.topology.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed at any moment, it loses no verdict and doubles none. */
class KillTest {
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private Path dir;

  @BeforeEach
  void folder(@TempDir Path folder) {
    dir = folder;
  }

  @Test
  void shouldAnswerEachRecordOnceThoughKilledThreeTimesUnderLoad() throws Exception {
    ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.createInput();
      AtomicInteger row = new AtomicInteger();
      load.scheduleAtFixedRate(() -> send(cluster, row, 20), 0, 50, TimeUnit.MILLISECONDS);

      Process service = start(cluster);
      try {
        for (int kill = 1; kill <= 3; kill++) {
          int answered = cluster.committed(TOPICS.verdicts()).size();
          await()
              .atMost(PATIENCE)
              .until(() -> cluster.committed(TOPICS.verdicts()).size() > answered + 300);
          ServiceInAnotherJvm.kill(service);
          service = start(cluster);
        }
        load.shutdown();
        assertThat(load.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        cluster.flush();
        long sent = cluster.sent();
        await().atMost(PATIENCE).until(() -> Audit.of(cluster, TOPICS).answers().size() >= sent);

        Audit audit = Audit.of(cluster, TOPICS);
        assertThat(sent).isEqualTo(row.get());
        assertThat(audit.answers()).hasSize(row.get());
        assertThat(audit.doubled()).isEmpty();
        Byproducts byproducts = Byproducts.of(cluster, TOPICS);
        assertThat(byproducts.faults()).isEmpty();
        assertThat(byproducts.told()).isPositive();
        assertThat(byproducts.completed()).isPositive();
        // Each partition gives the same share, so that up to one record a partition is too many.
        Map<String, Long> warmedUp = audit.reasons("warming_up");
        assertThat(warmedUp).containsOnlyKeys("learned from before the first model");
        assertThat(warmedUp.values()).allMatch(n -> n >= 500 && n < 510);
      } finally {
        ServiceInAnotherJvm.kill(service);
      }
    } finally {
      load.shutdownNow();
    }
  }

  private Process start(Cluster cluster) throws Exception {
    String configuration =
        """
        kafka.bootstrap.servers: "%s"
        %s
        alarms.budget: 0.001
        state.dir: "%s"
        http.port: 0
        """
            .formatted(cluster.bootstrap(), Load.INPUT_SECTION, dir.resolve("state"));
    return ServiceInAnotherJvm.start(configuration, dir.resolve("service.log"));
  }

  private static void send(Cluster cluster, AtomicInteger row, int count) {
    for (int i = 0; i < count; i++) {
      int next = row.getAndIncrement();
      cluster.send(Load.record(next, System.currentTimeMillis()));
    }
  }
}
