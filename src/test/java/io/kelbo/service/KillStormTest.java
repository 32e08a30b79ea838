package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kelbo.broker.ThreeBrokers;
import io.kelbo.topology.Topics;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Killed again and again at moments that a seed chooses: in the middle of scoring, of a change of
 * the model, of a training. {@code -Dkills=30 -Dseed=1}.
 */
@Tag("faults")
class KillStormTest {
  private static final Logger LOG = LoggerFactory.getLogger(KillStormTest.class);
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int KILLS = Integer.getInteger("kills", 30);
  private static final long SEED = Long.getLong("seed", 1);

  @Test
  void shouldAnswerEachRecordOnceThoughKilledAgainAndAgain(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path dir) throws Exception {
    try (ThreeBrokers brokers = ThreeBrokers.start(dir.resolve("brokers"));
        Cluster cluster = new Cluster(brokers.bootstrap(), () -> {})) {
      cluster.createInput();
      Process service = start(cluster, dir);
      try (Load load = new Load(cluster)) {
        await()
            .atMost(PATIENCE)
            .until(() -> cluster.has(TOPICS.models()) && cluster.count(TOPICS.models()) > 1);
        Moments moments = new Moments(cluster, TOPICS, dir.resolve("service.log"), SEED);
        moments.publishAnother();
        awaitAnswers(cluster, 3_000);
        for (int kill = 1; kill <= KILLS; kill++) {
          awaitAnswers(cluster, cluster.answered(TOPICS) + 300);
          moments.bringAbout(kill);
          ServiceInAnotherJvm.kill(service);
          LOG.info("kill {} of {}: {}", kill, KILLS, moments.hit());
          service = start(cluster, dir);
        }
        int rows = load.end();
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(3))
            .until(() -> cluster.allAnswered(TOPICS));

        FaultAudit audit = FaultAudit.of(cluster, TOPICS);
        LOG.info("{} kills, seed {}: {}", KILLS, SEED, moments.counts());
        LOG.info("{}", audit.figures());
        SecondOpinion again = SecondOpinion.of(cluster, TOPICS, settings(cluster, dir));
        LOG.info("judged again: {}", again);
        assertThat(cluster.sent()).isEqualTo(rows);
        assertThat(audit.faults()).isEmpty();
        assertThat(audit.byproducts().told()).isPositive();
        assertThat(audit.byproducts().completed()).isPositive();
        assertThat(again.compared()).isPositive();
        assertThat(again.first()).isEmpty();
        assertThat(moments.changes()).isGreaterThanOrEqualTo(KILLS / 6);
        assertThat(moments.trainings()).isGreaterThanOrEqualTo(KILLS / 6);
      } finally {
        ServiceInAnotherJvm.kill(service);
      }
    }
  }

  private static void awaitAnswers(Cluster cluster, long many) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> cluster.answered(TOPICS) >= many);
  }

  private static Settings settings(Cluster cluster, Path dir) {
    return TestSettings.ofMember(cluster.bootstrap(), dir.resolve("state"), "kelbo-0");
  }

  private static Process start(Cluster cluster, Path dir) throws Exception {
    return ServiceInAnotherJvm.startMember(
        cluster.bootstrap(), dir.resolve("state"), dir.resolve("service.log"), "kelbo-0");
  }
}
