package io.kelbo.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kelbo.decide.AlarmBudget;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How the demo went.
 *
 * @param seconds how long it ran, by the clock
 * @param records messages produced, readable or not
 * @param perDay false alarms wanted per day of plant time
 */
record Summary(
    double seconds,
    long records,
    double perDay,
    Scoreboard.Detection detection,
    Tally.Counts counts) {

  /** False alarms a day that a budget asks for, at so many records a day. */
  static double perDay(AlarmBudget budget, double recordsPerDay) {
    return budget.perRecord(recordsPerDay) * recordsPerDay;
  }

  /** Whether each record got exactly one answer. */
  boolean whole() {
    return counts.answered() == records;
  }

  double falseAlarmsExpected() {
    return perDay * counts.plantTimeScored().toMillis() / Duration.ofDays(1).toMillis();
  }

  void print(Terminal terminal) {
    terminal.line("");
    terminal.line(
        "%.0f seconds, %.1f days of plant time.",
        seconds, counts.plantTimeScored().toMinutes() / (24 * 60.0));
    terminal.line(
        "  records        %,d: %,d verdicts + %,d dead letters%s",
        records,
        counts.verdicts(),
        counts.deadLetters(),
        whole() ? ", each record has its answer" : ", WHICH IS NOT ONE ANSWER FOR EACH");
    terminal.line(
        "  faults found   %d of %d: %s", detection.found(), detection.injected(), kinds());
    terminal.line(
        "  false alarms   %d; the budget allows %.1f",
        detection.falseAlarms(), falseAlarmsExpected());
    terminal.line(
        "  values filled  %,d; typical error %.2f of a sensor's spread (over %,d whose truth is known)",
        counts.imputedCells(), counts.nrmse(), counts.comparedCells());
    terminal.line(
        "  models         %d, of these %d by retraining", counts.models(), byRetraining());
    terminal.line(
        "  first verdict after %.1f s, first alarm after %.1f s",
        counts.firstVerdict(), counts.firstAlarm());
  }

  /** One line of JSON; a figure that does not exist is null. */
  String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("records", records);
    json.put("verdicts", counts.verdicts());
    json.put("dead_letters", counts.deadLetters());
    json.put("anomalies", counts.anomalies());
    json.put("alarms", counts.alarms().size());
    json.put("episodes_injected", detection.injected());
    json.put("episodes_found", detection.found());
    json.put("episodes_found_late", detection.foundLate());
    json.put("false_alarms", detection.falseAlarms());
    figure(json, "false_alarms_expected", falseAlarmsExpected());
    json.put("imputed_cells", counts.imputedCells());
    json.put("imputed_cells_compared", counts.comparedCells());
    figure(json, "imputation_nrmse", counts.nrmse());
    json.put("models_published", counts.models());
    json.put("models_by_retraining", byRetraining());
    figure(json, "seconds_to_first_verdict", counts.firstVerdict());
    figure(json, "seconds_to_first_alarm", counts.firstAlarm());
    figure(json, "seconds_to_first_found_fault", counts.firstFound());
    figure(json, "seconds", seconds);
    figure(json, "plant_days_scored", counts.plantTimeScored().toMinutes() / (24 * 60.0));
    ObjectNode kinds = json.putObject("found_by_kind");
    for (FaultKind kind : FaultKind.values()) {
      ObjectNode share = kinds.putObject(kind.name().toLowerCase(Locale.ROOT));
      share.put("found", share(kind).found());
      share.put("injected", share(kind).injected());
    }
    json.put(
        "imputation_left_out",
        "values of a sensor while its own fault was active; modes and flags");
    return json.toString();
  }

  private int byRetraining() {
    return Math.max(0, counts.models() - 1);
  }

  private String kinds() {
    return Arrays.stream(FaultKind.values())
        .map(k -> "%s %d/%d".formatted(k.words, share(k).found(), share(k).injected()))
        .collect(Collectors.joining(", "));
  }

  private Scoreboard.Share share(FaultKind kind) {
    return detection.kinds().getOrDefault(kind, new Scoreboard.Share(0, 0));
  }

  private static void figure(ObjectNode json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, Math.rint(value * 1e4) / 1e4);
    } else {
      json.putNull(name);
    }
  }
}
