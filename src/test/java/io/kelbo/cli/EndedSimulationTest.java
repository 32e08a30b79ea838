package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsReader;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code simulate}, told to end: 0 where all that it sent is in the topic, 1 where it may not be.
 */
class EndedSimulationTest {
  private static final String SAID = "six pumps send 600 records a second to 'plant'";

  @Test
  void shouldEndWithZeroAtSigtermOnceAllItSentIsInTheTopic(@TempDir Path folder) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
      String config = config(folder, broker);
      Process simulation = Shell.apart("simulate", "--config", config, "--rate", "600");
      try (BufferedReader lines = simulation.inputReader(StandardCharsets.UTF_8)) {
        assertThat(lines.lines().anyMatch(line -> line.contains(SAID))).isTrue();
        awaitRecords(config);

        simulation.toHandle().destroy(); // SIGTERM, and what it says can still be read

        String last = lines.lines().reduce((one, next) -> next).orElse("");
        assertThat(simulation.waitFor(20, TimeUnit.SECONDS)).as("ends within 20 s").isTrue();
        assertThat(simulation.exitValue()).isZero();
        assertThat(last).contains("%,d records were written".formatted(records(config)));
      } finally {
        simulation.destroyForcibly();
      }
    }
  }

  @Test
  void shouldFailAtSigtermWhereKafkaIsAwayAndSayWhatMayBeLost(@TempDir Path folder)
      throws Exception {
    Process simulation;
    EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    try (broker) {
      String config = config(folder, broker);
      simulation = Shell.apart("simulate", "--config", config, "--rate", "600");
      awaitRecords(config);
    }
    try (BufferedReader lines = simulation.inputReader(StandardCharsets.UTF_8)) {
      simulation.toHandle().destroy(); // SIGTERM, and what it says can still be read

      List<String> said = lines.lines().toList();
      assertThat(simulation.waitFor(20, TimeUnit.SECONDS)).as("ends within 20 s").isTrue();
      assertThat(simulation.exitValue()).isEqualTo(Failures.FAILED);
      assertThat(said).anyMatch(line -> line.contains("the last records may not be in the topic"));
    } finally {
      simulation.destroyForcibly();
    }
  }

  private static String config(Path folder, EmbeddedBroker broker) throws Exception {
    return Files.writeString(
            folder.resolve("kelbo.yaml"),
            """
            kafka: { bootstrap.servers: "%s" }
            input: { topic: plant }
            stop: { within: PT4S }
            """
                .formatted(broker.bootstrap()))
        .toString();
  }

  private static void awaitRecords(String config) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> records(config) > 0);
  }

  private static long records(String config) throws Exception {
    Settings settings = new SettingsReader().read(Path.of(config));
    try (Cluster cluster = Cluster.connect(settings)) {
      return cluster.size("plant");
    }
  }
}
