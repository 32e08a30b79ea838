package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kelbo.broker.ThreeBrokers;
import io.kelbo.topology.Champion;
import io.kelbo.topology.Control;
import io.kelbo.topology.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
  void shouldAnswerEachRecordOnceThoughKilledAgainAndAgain(@TempDir Path dir) throws Exception {
    Random random = new Random(SEED);
    try (ThreeBrokers brokers = ThreeBrokers.start(dir.resolve("brokers"));
        Cluster cluster = new Cluster(brokers.bootstrap(), () -> {})) {
      cluster.createInput();
      Process service = start(cluster, dir);
      try (Load load = new Load(cluster)) {
        awaitAnswers(cluster, 3_000);
        for (int kill = 1; kill <= KILLS; kill++) {
          awaitAnswers(cluster, answers(cluster) + 300);
          String moment = moment(cluster, random, kill);
          ServiceInAnotherJvm.kill(service);
          LOG.info("kill {} of {}: {}", kill, KILLS, moment);
          service = start(cluster, dir);
        }
        int rows = load.end();
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).until(() -> done(cluster));

        FaultAudit audit = FaultAudit.of(cluster, TOPICS);
        LOG.info("{} kills, seed {}: {}", KILLS, SEED, audit.figures());
        SecondOpinion again = SecondOpinion.of(cluster, TOPICS, settings(cluster, dir));
        LOG.info("judged again: {}", again);
        assertThat(cluster.sent()).isEqualTo(rows);
        assertThat(audit.faults()).isEmpty();
        assertThat(again.compared()).isPositive();
        assertThat(again.first()).isEmpty();
      } finally {
        ServiceInAnotherJvm.kill(service);
      }
    }
  }

  /** Waits for, or brings about, the moment of the next kill; says what it was. */
  private static String moment(Cluster cluster, Random random, int kill) throws Exception {
    List<Integer> versions = kill % 3 == 1 ? versions(cluster) : List.of();
    if (versions.size() > 1) {
      int version = versions.get(random.nextInt(versions.size()));
      Champion champion = new Champion(version, Instant.now(), "asked for by the kill storm");
      cluster.publish(TOPICS.models(), "default", champion.write());
      Thread.sleep(random.nextInt(200));
      return "while model %d takes over".formatted(version);
    }
    if (kill % 3 == 2) {
      Control train =
          new Control("default", Control.Action.TRAIN, Instant.now(), "the kill storm", null);
      cluster.publish(TOPICS.control(), "default", train.write());
      // Trainings begin each second.
      Thread.sleep(500 + random.nextInt(2_500));
      return "in a training that was asked for";
    }
    Thread.sleep(random.nextInt(4_000));
    return "while scoring";
  }

  private static List<Integer> versions(Cluster cluster) {
    List<Integer> versions = new ArrayList<>();
    cluster.each(
        TOPICS.models(),
        record -> {
          String key = new String(record.key(), StandardCharsets.UTF_8);
          if (record.value() != null && key.startsWith("default/")) {
            versions.add(Integer.valueOf(key.substring("default/".length())));
          }
        });
    return versions;
  }

  private static void awaitAnswers(Cluster cluster, long many) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> answers(cluster) >= many);
  }

  /** By where the topic ends: with the marks of transactions, a few more than there are. */
  private static long answers(Cluster cluster) {
    return cluster.has(TOPICS.verdicts())
        ? cluster.ends(TOPICS.verdicts()).values().stream().mapToLong(Long::longValue).sum()
        : 0;
  }

  private static boolean done(Cluster cluster) {
    return Audit.of(cluster, TOPICS).answers().size() >= cluster.sent();
  }

  private static Settings settings(Cluster cluster, Path dir) {
    return TestSettings.ofMember(cluster.bootstrap(), dir.resolve("state"), "kelbo-0");
  }

  private static Process start(Cluster cluster, Path dir) throws Exception {
    return ServiceInAnotherJvm.startMember(
        cluster.bootstrap(), dir.resolve("state"), dir.resolve("service.log"), "kelbo-0");
  }
}
