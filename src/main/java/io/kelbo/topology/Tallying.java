package io.kelbo.topology;

import io.kelbo.model.Episode;
import io.kelbo.model.Model;
import io.kelbo.model.Verdict;
import io.kelbo.model.Yardstick;
import io.kelbo.record.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sums up what a task scored, and says when there is enough to tell. Lives in memory: a restart
 * loses what was not told yet, at most {@value #RECORDS} records, and tells nothing twice.
 */
final class Tallying {
  /** A tally of 38 fields has 1 kB: 8 bytes a record. */
  static final int RECORDS = 128;

  static final long MILLIS = Duration.ofMinutes(10).toMillis();

  private final String task;
  private @Nullable Sheet sheet;

  /** The running sums of one model's verdicts. */
  private static final class Sheet {
    final Model model;
    final Yardstick yardstick;
    final long[] missing;
    final double[] sums;
    final double[] squares;
    long from;
    long records;
    long opened;
    long below01;
    long below001;

    Sheet(Model model) {
      this.model = model;
      this.yardstick = new Yardstick(model.encoder());
      this.missing = new long[yardstick.fields()];
      this.sums = new double[yardstick.fields()];
      this.squares = new double[yardstick.fields()];
    }
  }

  Tallying(String task) {
    this.task = task;
  }

  /**
   * Counts a verdict; returns what there is to tell, null most of the time. Records that were not
   * scored do not count.
   *
   * @param clock the task's stream time in ms
   */
  @Nullable Tally count(Model model, Verdict verdict, Observation observation, long clock) {
    if (!verdict.scored()) {
      return null;
    }
    Sheet at = sheet;
    Tally told = null;
    if (at == null || !at.model.id().equals(model.id())) {
      told = at == null || at.records == 0 ? null : tally(at, clock);
      at = new Sheet(model);
      sheet = at;
    }
    if (at.records == 0) {
      at.from = clock;
    }
    add(at, verdict, observation);
    if (told == null && (at.records >= RECORDS || clock - at.from >= MILLIS)) {
      told = tally(at, clock);
      sheet = null;
    }
    return told;
  }

  private static void add(Sheet at, Verdict verdict, Observation observation) {
    at.records++;
    Episode episode = verdict.episode();
    if (episode != null && episode.state() == Episode.State.OPENED) {
      at.opened++;
    }
    at.below01 += verdict.pValue() < 0.01 ? 1 : 0;
    at.below001 += verdict.pValue() < 0.001 ? 1 : 0;
    for (int j = 0; j < at.missing.length; j++) {
      double value = at.yardstick.of(observation, j);
      if (Double.isNaN(value)) {
        at.missing[j]++;
      } else {
        at.sums[j] += value;
        at.squares[j] += value * value;
      }
    }
  }

  private Tally tally(Sheet at, long clock) {
    List<Tally.Field> fields = new ArrayList<>();
    for (int j = 0; j < at.missing.length; j++) {
      fields.add(
          new Tally.Field(
              at.model.layout().fields().get(j).name(), at.missing[j], at.sums[j], at.squares[j]));
    }
    return new Tally(
        at.model.id().segment(),
        at.model.id().version(),
        task,
        at.from,
        Math.max(at.from, clock),
        at.records,
        at.opened,
        at.below01,
        at.below001,
        fields);
  }
}
