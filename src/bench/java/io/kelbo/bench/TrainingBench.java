package io.kelbo.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Time to train, each in a JVM of its own that sees one processor, by turns, in rounds; medians
 * over the rounds. The retraining is the first of its JVM with a branch: it includes the compiler's
 * warming up, but for what a champion of 2,000 records warmed.
 */
final class TrainingBench {
  private static final int ROUNDS = 3;
  private static final double KELBO_ROWS = 3000;
  private static final double DL4J_ROWS = 2944;

  private TrainingBench() {}

  static void run(boolean json) throws RunnerException {
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int round = 1; round <= ROUNDS; round++) {
      record(times, "kelbo_us_per_sample", 1e3 * measure("kelbo", 5) / KELBO_ROWS, json);
      record(times, "dl4j_us_per_sample", 1e3 * measure("dl4j", 5) / DL4J_ROWS, json);
      record(times, "fa_400x16_ms", measure("fa", 5), json);
      record(times, "retrain_20000x38_s", measure("retrain", 0) / 1e3, json);
    }
    List<String> parts = new ArrayList<>();
    times.forEach(
        (name, all) -> parts.add(ScoringBench.part(name, "%.3f", ScoringBench.median(all))));
    List<Double> ratios = new ArrayList<>();
    for (int r = 0; r < ROUNDS; r++) {
      ratios.add(times.get("dl4j_us_per_sample").get(r) / times.get("kelbo_us_per_sample").get(r));
    }
    parts.add(ScoringBench.part("dl4j_ratio", "%.1f", ScoringBench.median(ratios)));
    Printed.line("training", parts, json);
  }

  private static void record(
      Map<String, List<Double>> times, String name, double time, boolean json) {
    times.computeIfAbsent(name, n -> new ArrayList<>()).add(time);
    if (!json) {
      System.out.printf(Locale.ROOT, "%-20s %10.3f%n", name, time);
    }
  }

  /** In ms; without a warm-up, one single call. */
  private static double measure(String name, int warmUp) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(Trained.class.getName() + "." + name + "$")
        .mode(warmUp == 0 ? Mode.SingleShotTime : Mode.AverageTime)
        .timeUnit(TimeUnit.MILLISECONDS)
        .forks(1)
        .warmupIterations(warmUp)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(warmUp == 0 ? 1 : 5)
        .measurementTime(TimeValue.seconds(1))
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .jvmArgs(
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:ActiveProcessorCount=1",
            "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
            "--add-modules",
            "jdk.incubator.vector");
    return Forked.run(options.build()).getPrimaryResult().getScore();
  }
}
