package io.kelbo.model;

import io.kelbo.context.EntityState;
import io.kelbo.context.Mark;
import io.kelbo.context.Marks;
import io.kelbo.context.Pardon;
import io.kelbo.context.Recent;
import io.kelbo.context.Said;
import io.kelbo.context.Shift;
import io.kelbo.context.Totals;
import io.kelbo.encode.Channel;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Total;
import io.kelbo.score.Scorer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what people said of an entity's anomalies into its state, each word once. One thread's. */
final class Heeding {
  /** How many recent records say what the accepted level is. */
  private static final int LEVEL = 16;

  private static final double CLEARLY = 2; // deviations

  private final Model model;
  private final Scorer scorer;
  private final Account account;
  private final Recent recent;

  Heeding(Model model, Scorer scorer, Account account) {
    this.model = model;
    this.scorer = scorer;
    this.account = account;
    this.recent = new Recent(model.layout().fields().size());
  }

  /**
   * @param opinions of this entity's anomalies, oldest first; those that were taken in are passed
   *     over
   */
  void heed(List<Opinion> opinions, EntityState state) {
    Marks marks = state.notes().marks();
    for (Opinion opinion : opinions) {
      Mark known = marks.find(opinion.anomaly());
      if (known == null) {
        known = alone(opinion);
      }
      if (known.said() == opinion.said()) {
        continue;
      }
      marks.put(known.said(opinion.said()));
      if (opinion.said() == Said.ACCEPT_NORMAL) {
        accept(opinion.anomaly(), state);
      } else if (opinion.said() == Said.FALSE_ALARM && known.id().equals(state.episode())) {
        state.notes().pardon(new Pardon(known.id(), 0));
      } else if (state.notes().pardon().mark().equals(known.id())) {
        state.notes().pardon(Pardon.NONE);
      }
    }
  }

  /** The mark of an anomaly that the state has forgotten: of its record alone, without a stream. */
  private Mark alone(Opinion opinion) {
    Fields fields = model.layout().fields();
    List<FieldFinding> findings = findings(Totals.unknown(fields).growth(opinion.observation()));
    double[] residuals = new double[fields.size()];
    for (FieldFinding finding : findings) {
      residuals[fields.place(finding.name())] = Leniency.residual(finding);
    }
    return Mark.of(opinion.anomaly(), scorer.surprisal(), residuals);
  }

  private List<FieldFinding> findings(Observation observation) {
    Arrays.fill(recent.means, Double.NaN);
    Arrays.fill(recent.misses, 0);
    Arrays.fill(recent.repeats, 0);
    recent.depth = 1;
    scorer.score(observation, recent);
    return account.alone(observation, recent, scorer.surprisal());
  }

  /**
   * The levels of the last records since the alarm become the usual ones: what they are away from
   * the expected is taken off from now on.
   */
  private void accept(String alarm, EntityState state) {
    Fields fields = model.layout().fields();
    if (state.seen() == 0) {
      return;
    }
    List<Run.Moment> moments = since(alarm, state.grown(EntityState.CAPACITY).moments());
    boolean known = moments.get(0).source().id().equals(alarm);
    Shift before = state.notes().shift();
    long since = before.given() ? before.since() : known ? state.seen() - moments.size() : 0;
    moments = moments.subList(Math.max(0, moments.size() - LEVEL), moments.size());
    double[] offsets = new double[fields.size()];
    boolean any = false;
    for (FieldFinding finding : findings(before.applied(level(fields, moments)))) {
      int j = fields.place(finding.name());
      double away = Leniency.residual(finding);
      offsets[j] = before.of(j);
      if (fields.get(j).numeric() && Math.abs(away) > CLEARLY) {
        offsets[j] += Account.distance(finding);
      }
      any |= offsets[j] != 0;
    }
    state.notes().shift(any ? new Shift(model.id().mark(), since, offsets) : Shift.NONE);
  }

  /** Without those before the alarm, which were on the old levels; all where it is long ago. */
  private static List<Run.Moment> since(String alarm, List<Run.Moment> moments) {
    for (int i = 0; i < moments.size(); i++) {
      if (moments.get(i).source().id().equals(alarm)) {
        return moments.subList(i, moments.size());
      }
    }
    return moments;
  }

  /** The mean of each number over the moments, the newest text; totals that began anew are not. */
  private static Observation level(Fields fields, List<Run.Moment> moments) {
    double[] means = new double[fields.size()];
    @Nullable String[] texts = new @Nullable String[fields.size()];
    for (int j = 0; j < means.length; j++) {
      int place = j;
      boolean total = fields.get(j).total();
      means[j] =
          moments.stream()
              .mapToDouble(moment -> moment.observation().number(place))
              .map(number -> total ? Total.ongoing(number) : number)
              .filter(number -> !Double.isNaN(number))
              .average()
              .orElse(Double.NaN);
      texts[j] = moments.get(moments.size() - 1).observation().text(j);
    }
    return new Observation(fields, means, texts);
  }

  /** Another model may have learned the accepted level: what it knows is taken off no more. */
  void refit(EntityState state) {
    Shift shift = state.notes().shift();
    if (!shift.given() || shift.model() == model.id().mark() || state.seen() == 0) {
      return;
    }
    Observation level = level(model.layout().fields(), state.grown(LEVEL).moments());
    double[] offsets = shift.offsets();
    boolean any = false;
    for (Channel channel : model.encoder().channels()) {
      int j = channel.field();
      if (!channel.recent() && offsets[j] != 0) {
        double usual = channel.raw(0);
        double seen = level.number(j);
        offsets[j] = Math.abs(seen - usual) < Math.abs(seen - offsets[j] - usual) ? 0 : offsets[j];
        any |= offsets[j] != 0;
      }
    }
    state.notes().shift(any ? new Shift(model.id().mark(), shift.since(), offsets) : Shift.NONE);
  }
}
