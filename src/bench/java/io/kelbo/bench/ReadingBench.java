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
 * Time to read a wide Avro record: what is declared against all of it, by Kelbo and by Avro's own
 * reader. Each in a JVM of its own, by turns, in rounds; medians over the rounds.
 */
final class ReadingBench {
  private static final int ROUNDS = 3;
  private static final Map<String, String> MEASURED = new LinkedHashMap<>();

  static {
    MEASURED.put("kelbo_declared", "kelboDeclared");
    MEASURED.put("kelbo_all", "kelboAll");
    MEASURED.put("avro_declared", "avroDeclared");
    MEASURED.put("avro_all", "avroAll");
  }

  private ReadingBench() {}

  static void run(boolean json) throws RunnerException {
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int round = 1; round <= ROUNDS; round++) {
      for (Map.Entry<String, String> one : MEASURED.entrySet()) {
        double nanos = measure(one.getValue());
        times.computeIfAbsent(one.getKey(), n -> new ArrayList<>()).add(nanos);
        if (!json) {
          System.out.printf(Locale.ROOT, "%-16s %8.0f ns%n", one.getKey(), nanos);
        }
      }
    }
    List<String> parts = new ArrayList<>();
    times.forEach(
        (name, all) ->
            parts.add(ScoringBench.part(name + "_ns", "%.0f", ScoringBench.median(all))));
    parts.add(ratio("all_to_declared", times, "kelbo_all"));
    parts.add(ratio("avro_declared_to_kelbo", times, "avro_declared"));
    Printed.line("reading", parts, json);
  }

  /** To what Kelbo takes for the declared fields, round by round. */
  private static String ratio(String key, Map<String, List<Double>> times, String above) {
    List<Double> ratios = new ArrayList<>();
    for (int r = 0; r < ROUNDS; r++) {
      ratios.add(times.get(above).get(r) / times.get("kelbo_declared").get(r));
    }
    return ScoringBench.part(key, "%.1f", ScoringBench.median(ratios));
  }

  private static double measure(String name) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(WideRecord.class.getName() + "." + name + "$")
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .forks(1)
        .warmupIterations(3)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(5)
        .measurementTime(TimeValue.seconds(1))
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .jvmArgs(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:ActiveProcessorCount=1",
            "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"));
    return Forked.run(options.build()).getPrimaryResult().getScore();
  }
}
