package io.kelbo.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Time to score one record, each peer in a JVM of its own, by turns, in rounds: what disturbs the
 * machine disturbs all. Medians over the rounds; ratios are medians of each round's ratio.
 */
final class ScoringBench {
  private static final int ROUNDS = 3;
  private static final List<String> PEERS =
      List.of("kelbo_vector", "kelbo_scalar", "onnxruntime", "onnxruntime_pinned", "dl4j", "rcf");
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private ScoringBench() {}

  static void run(boolean json) throws RunnerException {
    Map<String, List<Double>> times = new LinkedHashMap<>();
    double bytes = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      for (String name : PEERS) {
        RunResult result = measure(name);
        double time = result.getPrimaryResult().getScore();
        times.computeIfAbsent(name, n -> new ArrayList<>()).add(time);
        if (name.startsWith("kelbo")) {
          bytes = Math.max(bytes, allocated(result));
        }
        if (!json) {
          System.out.printf(Locale.ROOT, "round %d: %-12s %10.0f ns%n", round, name, time);
        }
      }
    }
    List<String> parts = new ArrayList<>();
    times.forEach((name, all) -> parts.add(part(name + "_ns", "%.0f", median(all))));
    for (String peer : PEERS.subList(1, PEERS.size())) {
      List<Double> ratios = new ArrayList<>();
      for (int r = 0; r < ROUNDS; r++) {
        ratios.add(times.get(peer).get(r) / times.get("kelbo_vector").get(r));
      }
      parts.add(part(peer + "_ratio", "%.1f", median(ratios)));
    }
    parts.add(part("bytes_per_record", "%.0f", bytes));
    parts.add(part("fields", "%d", Learned.FIELDS));
    for (int fields : new int[] {Learned.FIELDS, 1}) {
      RunResult whole = temporal(fields);
      parts.add(
          part("temporal_" + fields + "_us", "%.1f", whole.getPrimaryResult().getScore() / 1000));
      parts.add(part("temporal_" + fields + "_bytes", "%.0f", allocated(whole)));
    }
    Printed.line("scoring", parts, json);
  }

  private static RunResult measure(String name) throws RunnerException {
    String benchmark = name.startsWith("kelbo") ? "kelbo" : name;
    return Forked.run(options(Recorded.class.getName() + "." + benchmark, name).build());
  }

  /** A whole verdict in its stream. */
  private static RunResult temporal(int fields) throws RunnerException {
    return Forked.run(
        options(Judged.class.getName() + ".judge", "kelbo_vector")
            .param("fields", Integer.toString(fields))
            .build());
  }

  private static ChainedOptionsBuilder options(String benchmark, String name) {
    return new OptionsBuilder()
        .include(benchmark + "$")
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .forks(1)
        .warmupIterations(4)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(5)
        .measurementTime(TimeValue.milliseconds(500))
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .jvmArgs(arguments(name));
  }

  private static String[] arguments(String name) {
    // ONNX Runtime overflows the megabyte of stack that JMH's thread has.
    List<String> all = new ArrayList<>(List.of("-Xmx1g", "-XX:+UseSerialGC", "-Xss16m"));
    all.add("-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"));
    all.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    if (name.startsWith("kelbo_")) {
      all.add("-Dkelbo.kernels=" + name.substring("kelbo_".length()));
    }
    return all.toArray(String[]::new);
  }

  private static double allocated(RunResult result) {
    Result<?> norm = result.getSecondaryResults().get(ALLOCATED);
    if (norm == null) {
      throw new IllegalStateException(
          "JMH gave no %s, only %s".formatted(ALLOCATED, result.getSecondaryResults().keySet()));
    }
    return norm.getScore();
  }

  static double median(List<Double> all) {
    double[] sorted = all.stream().mapToDouble(x -> x).sorted().toArray();
    return sorted.length % 2 == 1
        ? sorted[sorted.length / 2]
        : Arrays.stream(sorted, sorted.length / 2 - 1, sorted.length / 2 + 1).average().orElse(0);
  }

  static String part(String key, String format, Object value) {
    return "\"" + key + "\": " + String.format(Locale.ROOT, format, value);
  }
}
