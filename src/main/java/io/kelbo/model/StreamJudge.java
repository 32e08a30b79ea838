package io.kelbo.model;

import io.kelbo.context.Adaptation;
import io.kelbo.context.EntityState;
import io.kelbo.context.Trace;
import io.kelbo.decide.Calibration;
import io.kelbo.decide.LevelNovelty;
import io.kelbo.decide.NearestLevel;
import io.kelbo.decide.Oddness;
import io.kelbo.decide.Promise;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Observation;
import io.kelbo.score.NearView;
import io.kelbo.score.Scorer;
import io.kelbo.score.TemporalScorer;

/**
 * One thread's hand on what a model knows of streams: scores a record in its entity's trace, gives
 * p-value and alarm score, and then moves the entity's adaptation on. A record is scored before
 * anything learns from it.
 */
final class StreamJudge {
  // A flagged record says less of what is usual; yet an entity that is always odd becomes usual.
  private static final double FLAGGED = 0.75;
  // The share of false alarms that patterns may have: their bound is loose, and stuck is stuck.
  private static final double PATTERN = 0.05;

  // Of two p-values the smaller: twice it would hold for any two (Bonferroni), but they see the
  // same record. With 2 the median of 18 steady streams had .84 of the records that 1 % promises.
  private static final double EITHER = 1.7;

  private final StreamSense sense;
  private final Calibration calibration; // of records alone
  private final int mark;
  private final TemporalScorer scorer;
  private final int[] fields;
  private final int reach;
  private final double[][] levels;
  private final NearestLevel learned;
  private final boolean measuredOnly;
  private final int reference;
  private final int novelty;
  private final int promise;
  private final int oddness;
  private double point; // surprisal of the record scored last, alone
  private double kept = 1; // its p-value
  private double alone = 1;
  private double inStream = 1;
  private int held; // records in the trace of the entity judged last
  private final int numbers;

  StreamJudge(Model model, StreamSense sense) {
    this.sense = sense;
    this.calibration = model.calibration();
    this.mark = model.id().mark();
    this.scorer = new TemporalScorer(sense.temporal());
    this.fields = sense.temporal().windows().fields();
    this.reach = sense.temporal().windows().reach();
    this.measuredOnly =
        model.layout().fields().list().stream()
            .allMatch(f -> f.kind() == FieldKind.QUANTITY || (f.total() && !f.counted()));
    this.levels = new double[LevelNovelty.SCALES][fields.length];
    this.learned = new NearestLevel(sense.novelty());
    this.reference = scorer.floats();
    this.novelty = reference + sense.reference().floats();
    this.promise = novelty + sense.novelty().floats();
    this.oddness = promise + Promise.FLOATS;
    this.numbers = oddness + Oddness.FLOATS;
  }

  /** Takes the record into the entity's trace. */
  void follow(Observation observation, EntityState state) {
    state.trace(fields, reach).add(observation);
  }

  /** Scores the record that was taken in last. */
  void score(Scorer alone, EntityState state) {
    Trace trace = state.trace(fields, reach);
    held = trace.size();
    // What is missing is made up for, as in the decision.
    double whole = alone.comparable() / Math.max(alone.surprisal(), 1e-12);
    scorer.score(
        trace, whole * alone.reconstruction(), whole * alone.latent(), adaptation(state), 0);
  }

  /**
   * Probability that a normal record is at least this surprising. An entity's first windows are
   * filled up with its first record, unlike those learned from: until they are its own, only the
   * record alone speaks. Then either may, so the smaller counts, times {@link #EITHER}.
   *
   * @param record what scored it alone
   */
  double pValue(Scorer record, EntityState state) {
    float[] adapted = adaptation(state);
    point = record.comparable();
    alone = calibration.pValue(Oddness.of(adapted, oddness).among(calibration, point));
    kept = Promise.kept(either(record, adapted), adapted, promise);
    return kept;
  }

  private double either(Scorer record, float[] adapted) {
    Calibration near = sense.near();
    if (held < (near == null ? reach : NearView.RECORDS)) {
      inStream = 1;
      return alone;
    }
    if (near == null) {
      inStream = sense.reference().pValue(relative(), adapted, reference);
      return Math.min(1, EITHER * Math.min(alone, inStream));
    }
    inStream = near.pValue(scorer.nearly());
    return measuredOnly
        ? Math.min(1, Math.min(inStream / (1 - PATTERN), record.patternP() / PATTERN))
        : Math.min(1, EITHER * Math.min(inStream, alone));
  }

  /** The p-value last given by the record alone. */
  double alone() {
    return alone;
  }

  /** The p-value last given by what the stream shows, without the record alone. */
  double inStream() {
    return inStream;
  }

  /**
   * Learns from what was scored; returns the alarm score in 0..1.
   *
   * @param usual whether it may become usual; what people confirmed as a fault may not
   */
  double learn(EntityState state, boolean flagged, boolean usual) {
    float[] adapted = adaptation(state);
    if (held >= reach && usual) {
      scorer.learn(adapted, 0);
      sense.reference().add(relative(), flagged ? FLAGGED : 1, adapted, reference);
    }
    if (usual) {
      Promise.add(kept, adapted, promise);
      Oddness.add(point, calibration, adapted, oddness);
    }
    int records = sense.novelty().rule().records;
    sense.temporal().windows().levels(scorer.values(), scorer.sums(), records, levels);
    return sense.novelty().alarm(learned, levels, state.seen(), adapted, novelty);
  }

  private double relative() {
    return scorer.surprisal() / sense.temporal().usual();
  }

  private float[] adaptation(EntityState state) {
    Adaptation known = state.adaptation();
    if (known.model() != mark || known.numbers().length != numbers) {
      known = new Adaptation(mark, new float[numbers]);
      scorer.begin(known.numbers(), 0);
      sense.odd().of(state.entity()).begin(known.numbers(), oddness);
      state.adaptation(known);
    }
    return known.numbers();
  }

  /** How many residuals the window of a record has. */
  int residuals() {
    return scorer.residuals();
  }

  /** Writes the residuals of the window scored last, in deviations; 0 while it is not its own. */
  void residuals(double[] out, int at) {
    if (held >= reach) {
      scorer.residuals(out, at);
    } else {
      java.util.Arrays.fill(out, at, at + scorer.residuals(), 0);
    }
  }

  TemporalScorer scorer() {
    return scorer;
  }
}
