package io.kelbo.cli;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What comes out, as the service counts it, and why it may not be what is looked for.
 *
 * @param verdicts by kind, since the service began; empty where it does not answer
 * @param deadLetters by reason, since then
 * @param all whether the verdicts of all records are written ({@code verdicts: all})
 * @param budget of alarms, as configured
 */
record Outflow(
    Map<String, Long> verdicts, Map<String, Long> deadLetters, boolean all, String budget) {

  /** From the service's page; null where it does not answer. */
  static Outflow of(@Nullable Map<String, Object> page, boolean all, String budget) {
    return new Outflow(counts(page, "verdicts"), counts(page, "dead_letters"), all, budget);
  }

  private static Map<String, Long> counts(@Nullable Map<String, Object> page, String name) {
    Map<String, Long> counts = new TreeMap<>();
    if (page != null && page.get(name) instanceof Map<?, ?> of) {
      of.forEach((word, count) -> counts.put(String.valueOf(word), ((Number) count).longValue()));
    }
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  /** A sentence more where what comes out may surprise, after a space; else empty. */
  String surprise() {
    Map<String, Long> judged = new TreeMap<>(verdicts);
    judged.remove("warming_up");
    long counted = judged.values().stream().mapToLong(x -> x).sum();
    String only = judged.size() == 1 ? all(judged.keySet().iterator().next()) : null;
    if (counted == 0) {
      return "";
    } else if (only != null) {
      return " But all %,d since the service began are %s".formatted(counted, only);
    } else if (!verdicts.containsKey("anomaly")) {
      return " None of %,d since the service began was an anomaly; with a budget of '%s' that may be so for long."
          .formatted(counted, budget);
    }
    return all ? "" : " Only anomalies are written, since 'verdicts' is 'none'.";
  }

  private static @Nullable String all(String kind) {
    return switch (kind) {
      case "late" ->
          "'late': the records' times run backwards, or are older than 'lag.max' allows. Set 'input.time' to the field that holds their time, or raise 'input.late'.";
      case "unscorable" ->
          "'unscorable': no field that was learned has a value. Were fields renamed? 'kelbo check' shows those of now; 'kelbo reset' learns anew.";
      case "suppressed" -> "'suppressed': a rule lets nothing pass. See 'kelbo rules list'.";
      default -> null;
    };
  }

  /** Such as {@code normal 1,180, anomaly 20}; what is not counted is not named. */
  static String line(Map<String, Long> counts) {
    StringBuilder line = new StringBuilder();
    counts.forEach(
        (word, count) ->
            line.append(line.isEmpty() ? "" : ", ").append("%s %,d".formatted(word, count)));
    return line.isEmpty() ? "none" : line.toString();
  }
}
