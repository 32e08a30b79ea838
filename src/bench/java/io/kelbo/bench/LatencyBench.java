package io.kelbo.bench;

import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.broker.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long a verdict takes while the same process trains, and while it does not: a service at least
 * once in a process of its own, a broker in this one, a steady load, trainings asked for by turns
 * with pauses. The producer does not wait for more, which would hide the difference. A verdict's
 * time runs from the producer's send to this consumer's receipt.
 */
final class LatencyBench {
  private static final int ROUNDS = 6;
  private static final int PER_SECOND = 400;
  private static final int LEARNED_FIRST = 60_000;
  private static final Duration PAUSE = Duration.ofSeconds(6);
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private LatencyBench() {}

  /** A stretch of the load, by System.nanoTime, and whether a training was under way. */
  private record Stretch(long from, long to, boolean training) {}

  static void run(boolean json) throws IOException, InterruptedException {
    Path folder = TemporaryFolder.create("kelbo-latency-");
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
      Process service = null;
      try (PlantLoad load = new PlantLoad(broker.bootstrap())) {
        service = service(broker.bootstrap(), folder);
        load.burst(LEARNED_FIRST);
        load.steady(PER_SECOND);
        report(stretches(load), load, json);
      } finally {
        if (service != null) {
          service.destroy();
          service.waitFor();
        }
      }
    } finally {
      TemporaryFolder.delete(folder);
    }
  }

  private static List<Stretch> stretches(PlantLoad load) throws InterruptedException {
    List<Stretch> stretches = new ArrayList<>();
    load.train(); // the first fills caches and compiles; it is not counted
    for (int round = 0; round < ROUNDS; round++) {
      Thread.sleep(SETTLING.toMillis());
      long idle = System.nanoTime();
      Thread.sleep(PAUSE.toMillis());
      long asked = System.nanoTime();
      stretches.add(new Stretch(idle, asked, false));
      load.train();
      stretches.add(new Stretch(asked, System.nanoTime(), true));
    }
    load.drain();
    return stretches;
  }

  private static void report(List<Stretch> stretches, PlantLoad load, boolean json) {
    double[] quiet = latencies(stretches, load, false);
    double[] training = latencies(stretches, load, true);
    double seconds =
        stretches.stream().filter(Stretch::training).mapToLong(s -> s.to() - s.from()).sum() / 1e9;
    List<String> parts =
        List.of(
            figure("records_a_second", PER_SECOND),
            figure("trainings", ROUNDS),
            figure("training_s", seconds / ROUNDS),
            figure("verdicts_quiet", quiet.length),
            figure("verdicts_training", training.length),
            figure("p50_ms_quiet", quantile(quiet, 0.5)),
            figure("p50_ms_training", quantile(training, 0.5)),
            figure("p99_ms_quiet", quantile(quiet, 0.99)),
            figure("p99_ms_training", quantile(training, 0.99)),
            figure("p99_ratio", quantile(training, 0.99) / quantile(quiet, 0.99)));
    Printed.line("latency", parts, json);
  }

  private static String figure(String name, double value) {
    return String.format(Locale.ROOT, "\"%s\": %.2f", name, value);
  }

  private static double[] latencies(List<Stretch> stretches, PlantLoad load, boolean training) {
    double[] all =
        stretches.stream()
            .filter(stretch -> stretch.training() == training)
            .flatMapToDouble(stretch -> Arrays.stream(load.between(stretch.from(), stretch.to())))
            .toArray();
    Arrays.sort(all);
    return all;
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
  }

  private static Process service(String bootstrap, Path folder) throws IOException {
    Path config = folder.resolve("kelbo.yaml");
    Files.writeString(
        config,
        """
        kafka: { bootstrap.servers: "%s", producer.linger.ms: 0 }
        input: { topic: %s, from: earliest, entity: key }
        guarantee: at_least_once
        retrain: { every: never }
        http: { port: 0 }
        state: { dir: "%s" }
        """
            .formatted(bootstrap, PlantLoad.INPUT, folder.resolve("state")));
    return OwnJvm.kelbo("1g", config).start();
  }
}
