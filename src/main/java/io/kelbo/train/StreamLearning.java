package io.kelbo.train;

import io.kelbo.decide.Calibration;
import io.kelbo.decide.LevelRule;
import io.kelbo.decide.Reference;
import io.kelbo.decide.Standard;
import io.kelbo.encode.Encoder;
import io.kelbo.encode.WindowShape;
import io.kelbo.encode.Windows;
import io.kelbo.model.StreamSense;
import io.kelbo.record.Fields;
import io.kelbo.record.Run;
import io.kelbo.score.ExemplarView;
import io.kelbo.score.JointView;
import io.kelbo.score.NearView;
import io.kelbo.score.Temporal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Learns how streams move: fields, windows, joint view, forms, levels, and their calibration. */
final class StreamLearning {
  private static final int LEAST_ROWS = 100;
  private static final int LEAST_RUN = 32;
  private static final int ROWS_A_NUMBER = 5;
  private static final int MOST_NEAR =
      64; // fields: an entity keeps all second moments of twice that

  private final List<Run> runs;
  private final long seed;
  private final int longest;
  private final WindowRows rows;
  private final Windows windows;
  private final WindowPlan plan;

  private StreamLearning(List<Run> runs, Windows windows, WindowPlan plan, int longest, long seed) {
    this.runs = runs;
    this.seed = seed;
    this.longest = longest;
    this.windows = windows;
    this.plan = plan;
    this.rows = new WindowRows(runs, windows);
  }

  /**
   * @param point scores of the records alone, out of sample, by record
   * @param records what those are held against
   * @return null where rows have no order, the sample is too short to show a movement, or no field
   *     is a number
   */
  static @Nullable StreamSense learn(
      Fields fields,
      List<Run> runs,
      IdentityHashMap<Run.Moment, Double> point,
      Standard records,
      TrainingSettings settings) {
    int longest = runs.stream().mapToInt(r -> r.moments().size()).max().orElse(0);
    int all = runs.stream().mapToInt(r -> r.moments().size()).sum();
    int[] measured = MeasuredFields.choose(fields, runs);
    if (settings.tabular()
        || measured == null
        || !WindowPlan.bearable(measured.length)
        || longest < LEAST_RUN
        || all < LEAST_ROWS) {
      return null;
    }
    Windows unsized = MeasuredFields.scaled(measured, runs, 1);
    int period = measured.length == 1 ? Period.of(runs, unsized) : 0;
    WindowPlan plan =
        WindowPlan.of(
            fields.size(), measured.length, MeasuredFields.live(measured, runs), longest, period);
    Windows windows = unsized.seen(plan.reach(), Encoder.SQUASH);
    return new StreamLearning(runs, windows, plan, longest, settings.seed()).learn(point, records);
  }

  private @Nullable StreamSense learn(IdentityHashMap<Run.Moment, Double> point, Standard records) {
    double pointUsual = records.calibration().usual();
    boolean[] usable = usable(plan.joint().reach());
    JointLearning joint =
        new JointLearning(
            rows,
            plan.joint(),
            usable,
            windows.channels() == 1 ? 0.95 : 0.9,
            windows.channels() == 1 ? 20 : 12,
            Encoder.SQUASH);
    JointView view = joint.learn();
    List<ExemplarView> forms = new ArrayList<>();
    Interrupted.check();
    double[] surprisal = joint.heldOut().clone();
    for (int i = 0; i < surprisal.length; i++) {
      Double alone = point.get(rows.moment(i));
      surprisal[i] =
          surprisal[i] * Temporal.JOINT
              + (alone == null ? Double.NaN : Temporal.POINT * alone * view.heldOut() / pointUsual);
    }
    for (WindowPlan.Form form : plan.forms()) {
      Interrupted.check();
      FormLearning learning = new FormLearning(rows, form, usable(form.shape().reach()));
      ExemplarView exemplars = learning.learn(seed);
      forms.add(exemplars);
      for (int i = 0; i < surprisal.length; i++) {
        surprisal[i] +=
            form.weight() * learning.heldOut()[i] * view.heldOut() / exemplars.heldOut();
      }
    }
    Nearly nearly = windows.channels() > MOST_NEAR ? null : near();
    for (int i = 0; nearly != null && i < surprisal.length; i++) {
      surprisal[i] +=
          Temporal.NEAR
              * Temporal.views(forms)
              * nearly.heldOut()[i]
              * view.heldOut()
              / nearly.view().joint().heldOut();
    }
    Temporal temporal =
        new Temporal(windows, view, nearly == null ? null : nearly.view(), forms, pointUsual);
    double[] known =
        Arrays.stream(surprisal)
            .filter(v -> !Double.isNaN(v))
            .map(v -> v / temporal.usual())
            .toArray();
    if (known.length < 20) {
      return null;
    }
    return new StreamSense(
        temporal,
        Reference.of(
            known, StreamSense.LOW, StreamSense.BINS, StreamSense.MOST_SHAPE, StreamSense.MEMORY),
        NoveltyLearning.learn(rows, usable(LevelRule.SPACING.records), windows, seed),
        nearly == null || windows.channels() == 1 || rows.size() >= ROWS_A_NUMBER * view.features()
            ? null
            : nearly.calibration(),
        records.odd());
  }

  /** The near view, and what each row scores by one that did not learn from it; NaN without. */
  @SuppressWarnings("ArrayRecordComponent") // short-lived
  private record Nearly(NearView view, double[] heldOut) {
    @Nullable Calibration calibration() {
      double[] known = Arrays.stream(heldOut).filter(v -> !Double.isNaN(v)).toArray();
      return known.length < 20 ? null : Calibration.of(new double[][] {known});
    }
  }

  private Nearly near() {
    Windows wide = windows.seen(NearView.RECORDS, NearView.LIMIT);
    WindowShape shape = new WindowShape(List.of(1, NearView.RECORDS), 1, false, false);
    JointLearning learning =
        new JointLearning(
            new WindowRows(runs, wide),
            shape,
            usable(shape.reach()),
            0.9,
            windows.channels() == 1 ? 1 : Math.max(2, Math.min(8, windows.channels() / 2)),
            NearView.LIMIT);
    JointView view = learning.learn();
    return new Nearly(new NearView(wide, view), learning.heldOut());
  }

  /** Rows whose window does not reach before their run, where runs are long enough for that. */
  private boolean[] usable(int reach) {
    int skipped = Math.min(reach, longest / 4);
    boolean[] usable = new boolean[rows.size()];
    for (int i = 0; i < usable.length; i++) {
      usable[i] = rows.depth(i) > skipped;
    }
    return usable;
  }
}
