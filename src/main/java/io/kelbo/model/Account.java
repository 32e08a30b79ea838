package io.kelbo.model;

import io.kelbo.context.Recent;
import io.kelbo.context.Shift;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.record.Value;
import io.kelbo.score.Expectation;
import io.kelbo.score.Explainer;
import io.kelbo.score.Scorer;
import io.kelbo.score.WindowExplainer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Accounts for a score, field by field. One thread's, as the judge's that it serves. */
final class Account {
  private final Model model;
  private final Explainer explainer;
  private final @Nullable StreamJudge stream;
  private final @Nullable WindowExplainer window;

  Account(Model model, Scorer scorer, @Nullable StreamJudge stream) {
    this.model = model;
    this.explainer = new Explainer(scorer);
    this.stream = stream;
    this.window =
        stream == null
            ? null
            : new WindowExplainer(stream.scorer(), model.layout().fields().size());
  }

  /**
   * What each field had to do with the record scored last, largest contribution first.
   *
   * @param alone p-value of the record without its stream
   */
  List<FieldFinding> findings(Reading reading, Recent recent, double alone, double surprisal) {
    Shift shift = reading.shift();
    explainer.explain(recent, model.calibration().usual());
    Fields fields = model.layout().fields();
    double whole = 1;
    if (stream != null && window != null) {
      window.explain();
      double own = -StrictMath.log(alone);
      whole = Math.max(own, 1e-9) / Math.max(own - StrictMath.log(stream.inStream()), 1e-9);
    }
    int[] told = IntStream.range(0, fields.size()).filter(reading::tells).toArray();
    double[] shares = shares(told, whole);
    List<FieldFinding> findings = new ArrayList<>(told.length);
    for (int j : told) {
      Expectation expected = explainer.expected(j);
      boolean culprit = explainer.culprit(j);
      if (window != null) {
        culprit = whole < 0.5 ? window.culprit(j) : culprit;
      }
      findings.add(
          new FieldFinding(
              fields.get(j).name(),
              reading.grown().value(j),
              moved(expected.value(), shift.of(j)),
              expected.low() + shift.of(j),
              expected.high() + shift.of(j),
              surprisal * shares[j],
              culprit));
    }
    findings.sort(Comparator.comparingDouble(FieldFinding::contribution).reversed());
    return findings;
  }

  /**
   * Each field's share, in 0..1; they sum to 1. Where fields stand out, record and window have a
   * say by how improbable each is. Where none does, what both show of a field adds up, in nats: by
   * shares alone the noise of the one would drown the little that the other shows.
   */
  private double[] shares(int[] told, double whole) {
    double[] shares = new double[model.layout().fields().size()];
    boolean apart = window == null;
    for (int j : told) {
      apart |= explainer.culprit(j) || (window != null && window.culprit(j));
    }
    double sum = 0;
    for (int j : told) {
      if (window == null) {
        shares[j] = explainer.share(j);
      } else if (apart) {
        shares[j] = whole * explainer.share(j) + (1 - whole) * window.share(j);
      } else {
        shares[j] = explainer.nats(j) + window.nats(j);
      }
      sum += shares[j];
    }
    for (int j : told) {
      shares[j] = sum > 0 ? shares[j] / sum : 1.0 / told.length;
    }
    return shares;
  }

  /** What a record alone shows, without a stream. */
  List<FieldFinding> alone(Observation observation, Recent recent, double surprisal) {
    explainer.explain(recent, model.calibration().usual());
    Fields fields = model.layout().fields();
    List<FieldFinding> findings = new ArrayList<>(fields.size());
    for (int j = 0; j < fields.size(); j++) {
      if (fields.get(j).target()) {
        continue;
      }
      Expectation expected = explainer.expected(j);
      findings.add(
          new FieldFinding(
              fields.get(j).name(),
              observation.value(j),
              expected.value(),
              expected.low(),
              expected.high(),
              surprisal * explainer.share(j),
              explainer.culprit(j)));
    }
    return findings;
  }

  /** How far a number lies from what was expected of it, in its unit; 0 of other values. */
  static double distance(FieldFinding finding) {
    return finding.value() instanceof Value.Number seen
            && finding.expected() instanceof Value.Number expected
        ? seen.number() - expected.number()
        : 0;
  }

  /** A number on the accepted level; other values as they are. */
  static Value moved(Value value, double offset) {
    return offset != 0 && value instanceof Value.Number number
        ? new Value.Number(number.number() + offset)
        : value;
  }
}
