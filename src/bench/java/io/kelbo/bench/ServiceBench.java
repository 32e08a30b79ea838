package io.kelbo.bench;

import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.broker.TemporaryFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * CPU a record of the scoring application and of {@link BaselineApp}: the same topic of four
 * partitions, the same broker (in this process), exactly_once_v2, each application in a process of
 * its own, by turns.
 */
final class ServiceBench {
  static final int PARTITIONS = 4;
  private static final int WARM_UP = 200_000;
  private static final int RECORDS = 500_000;
  private static final int ROUNDS = 3;
  private static final String INPUT = "bench.input";

  private final EmbeddedBroker broker;
  private final Path folder;

  private ServiceBench(EmbeddedBroker broker, Path folder) {
    this.broker = broker;
    this.folder = folder;
  }

  static void run(boolean json) throws IOException, InterruptedException {
    Path folder = TemporaryFolder.create("kelbo-bench-");
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
        admin.createTopics(List.of(new NewTopic(INPUT, PARTITIONS, (short) 1)));
      }
      PlantRecords.write(broker.bootstrap(), INPUT, PARTITIONS, RECORDS);
      new ServiceBench(broker, folder).rounds(json);
    } finally {
      TemporaryFolder.delete(folder);
    }
  }

  private void rounds(boolean json) throws IOException, InterruptedException {
    List<Double> baseline = new ArrayList<>();
    List<Double> kelbo = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      baseline.add(baseline("baseline-" + round));
      kelbo.add(kelbo("kelbo-" + round));
      if (!json) {
        System.out.printf(
            Locale.ROOT,
            "round %d: baseline %6.2f µs, scoring %6.2f µs CPU a record%n",
            round,
            baseline.get(round - 1),
            kelbo.get(round - 1));
      }
    }
    double least = baseline.stream().mapToDouble(x -> x).min().orElseThrow();
    double price = kelbo.stream().mapToDouble(x -> x).min().orElseThrow();
    System.out.printf(
        Locale.ROOT,
        json
            ? "{\"benchmark\": \"service\", \"records\": %d, \"baseline_us\": %.2f,"
                + " \"scoring_us\": %.2f, \"ratio\": %.2f, \"java\": \"%s\", \"cpus\": %d}%n"
            : "best of rounds, %d records each: baseline %.2f µs, scoring %.2f µs, ratio %.2f"
                + " (Java %s, %d CPUs)%n",
        RECORDS - WARM_UP,
        least,
        price,
        price / least,
        Runtime.version(),
        Runtime.getRuntime().availableProcessors());
  }

  private double baseline(String name) throws IOException, InterruptedException {
    return measure("baseline", broker.bootstrap(), name, INPUT, folder.resolve(name).toString());
  }

  private double kelbo(String name) throws IOException, InterruptedException {
    Path config = folder.resolve(name + ".yaml");
    Files.writeString(
        config,
        """
        kafka: { bootstrap.servers: "%s" }
        name: %s
        roles: [score]
        input: { topic: %s, from: earliest }
        alarms: { budget: 5 per day }
        verdicts: all
        http: { port: 0 }
        state: { dir: "%s" }
        """
            .formatted(broker.bootstrap(), name, INPUT, folder.resolve(name)));
    return measure("kelbo", config.toString());
  }

  /** Runs an application in a process of its own. Returns its CPU in µs a record. */
  private static double measure(String... application) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Measured.class.getName(), Integer.toString(WARM_UP), Integer.toString(RECORDS)));
    command.addAll(List.of(application));
    Process process = OwnJvm.of("1g", command).start();
    List<String> said = new ArrayList<>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("cpu ")) {
          process.waitFor();
          return Double.parseDouble(line.split(" ", -1)[1]);
        }
        said.add(line);
      }
    }
    throw new IOException(
        "'%s' ended with %d before it had taken %d records; it said: %s"
            .formatted(application[0], process.waitFor(), RECORDS, String.join("\n", said)));
  }
}
