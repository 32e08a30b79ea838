package io.kelbo.model;

import io.kelbo.context.EntityState;
import io.kelbo.context.Recent;
import io.kelbo.decide.Calibration;
import io.kelbo.record.Fields;
import io.kelbo.record.Incoming;
import io.kelbo.record.Observation;
import io.kelbo.score.Expectation;
import io.kelbo.score.Explainer;
import io.kelbo.score.Scorer;
import io.kelbo.score.WindowExplainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thread's hand on one model: scores, decides, explains, fills. Not for sharing. */
public final class Judge {
  // An open episode goes on while records are this rare: the budget is of episodes opened, and a
  // fault is seldom over because one record of it is nearly usual.
  private static final double HOLD = 0.03;

  private final Model model;
  private final long late;
  private final boolean explaining;
  private final Recent recent;
  private final Scorer scorer;
  private final Explainer explainer;
  private final @Nullable StreamJudge stream;
  private final @Nullable WindowExplainer window;
  private double alone = 1; // p-value of the record judged last, without its stream
  private double surprisal;

  /**
   * @param late records older than the entity's newest by more than this are not scored
   */
  public Judge(Model model, Duration late) {
    this(model, late, true);
  }

  /**
   * @param explaining whether verdicts of anomalies say what each field had to do with them; where
   *     nobody reads it, that was a third of the time on 28,000 rows of 38 fields (2026-11-24)
   */
  public Judge(Model model, Duration late, boolean explaining) {
    this.explaining = explaining;
    this.model = model;
    this.late = late.toMillis();
    this.recent = new Recent(model.layout().fields().size());
    this.scorer = new Scorer(model.encoder(), model.network(), model.patterns(), model.crowd());
    this.explainer = new Explainer(scorer);
    StreamSense sense = model.stream();
    this.stream =
        sense == null
            ? null
            : new StreamJudge(sense, model.layout().fields(), model.id().version());
    this.window =
        stream == null
            ? null
            : new WindowExplainer(stream.scorer(), model.layout().fields().size());
  }

  public Model model() {
    return model;
  }

  /**
   * Judges a record and moves the entity's state forward; the caller stores the state afterwards.
   */
  public Judged judge(Incoming incoming, EntityState state) {
    if (state.clock(incoming.time().toEpochMilli(), late)) {
      return unscored(incoming, VerdictKind.LATE, "older than input.late allows");
    }
    Observation observation = incoming.observation();
    if (observation.present() == 0) {
      state.accept(incoming, false);
      return unscored(incoming, VerdictKind.UNSCORABLE, "no known field has a value");
    }
    state.surround(observation, recent);
    if (stream != null) {
      stream.follow(observation, state);
    }
    if (model.provenance().learnedBefore(incoming.source())) {
      List<Imputation> filled = List.of();
      if (observation.present() < model.layout().fields().size()) {
        scorer.score(observation, recent);
        filled = impute(observation);
      }
      state.accept(incoming, false);
      return new Judged(
          verdict(incoming, VerdictKind.WARMING_UP, "learned from before the first model"), filled);
    }
    scorer.score(observation, recent);
    alone = model.calibration().pValue(scorer.comparable());
    double p = alone;
    double reconstruction = scorer.reconstruction();
    double latent = scorer.latent();
    if (stream != null) {
      stream.score(scorer, state);
      p = stream.pValue(scorer, alone, state);
      reconstruction = stream.scorer().reconstruction();
      latent = stream.scorer().latent();
    }
    surprisal = reconstruction + latent;
    boolean rare = p < model.thresholdP();
    boolean anomaly = rare || (state.episode() != null && p < HOLD);
    List<FieldFinding> findings = anomaly && explaining ? findings(observation) : List.of();
    List<Imputation> filled = impute(observation);
    Episode episode = episode(incoming, state, anomaly);
    double alarm = stream == null ? 1 - StrictMath.pow(p, 0.1) : stream.learn(state, anomaly);
    state.accept(incoming, anomaly);
    return new Judged(
        new Verdict(
            incoming.source().id(),
            incoming.entity(),
            incoming.time(),
            anomaly ? VerdictKind.ANOMALY : VerdictKind.NORMAL,
            rare ? "p below budget" : anomaly ? "the episode goes on" : "p within budget",
            p,
            model.thresholdP(),
            surprisal,
            reconstruction,
            latent,
            alarm,
            episode,
            model.id(),
            findings,
            incoming.source()),
        filled);
  }

  /**
   * An episode opens with an anomaly and closes when {@link Calibration#RUN} normal records follow.
   */
  private static @Nullable Episode episode(Incoming incoming, EntityState state, boolean anomaly) {
    String open = state.episode();
    if (anomaly) {
      String id = open == null ? incoming.source().id() : open;
      state.episode(id, 0);
      return new Episode(id, open == null ? Episode.State.OPENED : Episode.State.CONTINUED);
    }
    if (open == null) {
      return null;
    }
    if (state.quiet() + 1 < Calibration.RUN) {
      state.episode(open, state.quiet() + 1);
      return null;
    }
    state.episode(null, 0);
    return new Episode(open, Episode.State.CLOSED);
  }

  /**
   * What each field had to do with the record judged last, whatever its verdict, largest
   * contribution first. Contributions sum to the surprisal: shares of the record alone, and of its
   * window, in the proportion in which the two were improbable.
   *
   * @param observation that record's
   */
  public List<FieldFinding> findings(Observation observation) {
    explainer.explain(recent, model.calibration().usual());
    Fields fields = model.layout().fields();
    double whole = 1;
    if (stream != null && window != null) {
      window.explain();
      double own = -StrictMath.log(alone);
      whole = Math.max(own, 1e-9) / Math.max(own - StrictMath.log(stream.inStream()), 1e-9);
    }
    List<FieldFinding> findings = new ArrayList<>(fields.size());
    for (int j = 0; j < fields.size(); j++) {
      Expectation expected = explainer.expected(j);
      boolean culprit = explainer.culprit(j);
      double share = explainer.share(j);
      if (window != null) {
        share = whole * share + (1 - whole) * window.share(j);
        culprit = whole < 0.5 ? window.culprit(j) : culprit;
      }
      findings.add(
          new FieldFinding(
              fields.get(j).name(),
              observation.value(j),
              expected.value(),
              expected.low(),
              expected.high(),
              surprisal * share,
              culprit));
    }
    findings.sort(Comparator.comparingDouble(FieldFinding::contribution).reversed());
    return findings;
  }

  private List<Imputation> impute(Observation observation) {
    Fields fields = model.layout().fields();
    if (observation.present() == fields.size()) {
      return List.of();
    }
    scorer.refine();
    List<Imputation> filled = new ArrayList<>();
    for (int j = 0; j < fields.size(); j++) {
      if (observation.missing(j) && model.encoder().channels().get(j).known()) {
        Expectation expected = Expectation.of(scorer, j);
        filled.add(
            new Imputation(
                fields.get(j).name(),
                expected.value(),
                expected.sd(),
                model.provenance().method()));
      }
    }
    return filled;
  }

  private Judged unscored(Incoming incoming, VerdictKind kind, String reason) {
    return new Judged(verdict(incoming, kind, reason), List.of());
  }

  private Verdict verdict(Incoming incoming, VerdictKind kind, String reason) {
    return Verdict.unscored(incoming, kind, reason, model.id());
  }
}
