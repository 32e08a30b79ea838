package io.kelbo.model;

import io.kelbo.context.EntityState;
import io.kelbo.context.Mark;
import io.kelbo.context.Recent;
import io.kelbo.record.Incoming;
import io.kelbo.record.Observation;
import io.kelbo.score.Scorer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One thread's hand on one model: scores, decides, explains, fills. Not for sharing. */
public final class Judge {
  // An open episode goes on while records are this rare: the budget is of episodes opened, and a
  // fault is seldom over because one record of it is nearly usual.
  private static final double HOLD = 0.035;
  // What p alone may give an alarm score, below what a level never seen before does: more would let
  // records that are rare in form or relation drown new levels (NAB, 2026-11-29: .3 costs nothing).
  private static final double RARE = 0.3;

  private final Model model;
  private final long late;
  private final boolean explaining;
  private final Recent recent;
  private final Scorer scorer;
  private final @Nullable StreamJudge stream;
  private final Account account;
  private final Filling filling;
  private final Leniency leniency;
  private final Heeding heeding;
  private final Embedder embedder;
  private @Nullable Reading last; // the record judged last
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
    this(model, late, explaining, 0);
  }

  /**
   * @param repair values whose p given the record's other fields is below are filled as if they
   *     were missing, after the verdict; 0: none
   */
  public Judge(Model model, Duration late, boolean explaining, double repair) {
    this.explaining = explaining;
    this.model = model;
    this.late = late.toMillis();
    this.recent = new Recent(model.layout().fields().size());
    this.scorer = new Scorer(model.encoder(), model.network(), model.patterns(), model.crowd());
    StreamSense sense = model.stream();
    this.stream = sense == null ? null : new StreamJudge(model, sense);
    this.account = new Account(model, scorer, stream);
    this.filling = new Filling(model, scorer, repair, model.tails());
    this.leniency = new Leniency(model.layout().fields(), stream);
    this.heeding = new Heeding(model, scorer, account);
    this.embedder = new Embedder(model);
  }

  public Model model() {
    return model;
  }

  /** Judges a record where there are no rules. */
  public Judged judge(Incoming incoming, EntityState state) {
    return judge(incoming, state, Rulebook.NONE);
  }

  /**
   * Takes what people said of an entity's anomalies into its state, each word once.
   *
   * @param opinions oldest first, at most {@link io.kelbo.context.Marks#MOST}
   */
  public void heed(List<Opinion> opinions, EntityState state) {
    heeding.heed(opinions, state);
  }

  /**
   * Judges a record and moves the entity's state forward; the caller stores the state afterwards.
   */
  public Judged judge(Incoming incoming, EntityState state, Rulebook rules) {
    if (state.clock(incoming.time().toEpochMilli(), late)) {
      return unscored(incoming, VerdictKind.LATE, "older than input.late allows");
    }
    heeding.refit(state);
    Reading reading = Reading.of(incoming, state);
    if (reading.inputs().present() == 0) {
      state.accept(incoming, false);
      return unscored(incoming, VerdictKind.UNSCORABLE, reading.unscorable());
    }
    last = reading;
    state.surround(incoming, reading.inputs(), recent);
    if (stream != null) {
      stream.follow(reading.grown(), state);
    }
    scorer.score(reading.inputs(), recent);
    if (model.provenance().learnedBefore(incoming.source())) {
      Filling.Filled filled = filling.fill(reading);
      List<Prediction> told = filling.predict(filled.inputs(), reading.came(), recent);
      state.accept(incoming, false);
      String why = "learned from before the first model";
      Verdict early = Verdict.unscored(incoming, VerdictKind.WARMING_UP, why, model.id());
      return new Judged(early, filled.imputations(), told, null);
    }
    double p;
    double reconstruction = scorer.reconstruction();
    double latent = scorer.latent();
    if (stream == null) {
      alone = model.calibration().pValue(scorer.comparable());
      p = alone;
    } else {
      stream.score(scorer, state);
      p = stream.pValue(scorer, state);
      alone = stream.alone();
      reconstruction = stream.scorer().reconstruction();
      latent = stream.scorer().latent();
    }
    surprisal = reconstruction + latent;
    Decision decision = decide(incoming, reading, state, rules, p);
    Filling.Filled filled = filling.fill(reading);
    List<Prediction> told = filling.predict(filled.inputs(), reading.came(), recent);
    filling.restore();
    boolean anomaly = decision.kind() == VerdictKind.ANOMALY;
    Episode episode = Episode.next(incoming.source().id(), state, anomaly);
    if (anomaly && episode != null) {
      Leniency.note(decision.mark(), episode, surprisal, state);
    }
    double alarm =
        stream == null
            ? rarity(p)
            : Math.max(
                RARE * rarity(p), stream.learn(state, decision.flagged(), !leniency.confirmed()));
    state.accept(incoming, decision.flagged());
    return new Judged(
        new Verdict(
            incoming.source().id(),
            incoming.entity(),
            incoming.time(),
            decision.kind(),
            decision.reason(),
            p,
            model.thresholdP(),
            surprisal,
            reconstruction,
            latent,
            alarm,
            episode,
            model.id(),
            decision.findings(),
            incoming.source()),
        filled.imputations(),
        told,
        decision.held());
  }

  /**
   * What is decided of a record.
   *
   * @param flagged whether training is to be careful with it
   * @param mark what stands out of it, where that was asked
   */
  private record Decision(
      VerdictKind kind,
      String reason,
      boolean flagged,
      List<FieldFinding> findings,
      @Nullable Mark mark,
      @Nullable String held) {}

  private Decision decide(
      Incoming incoming, Reading reading, EntityState state, Rulebook rules, double p) {
    String segment = model.id().segment();
    String breach = rules.breach(incoming, segment);
    boolean rare = p < model.thresholdP();
    if (!rare && breach == null && (state.episode() == null || p >= HOLD)) {
      leniency.usual(state, p >= HOLD);
      return new Decision(VerdictKind.NORMAL, "p within budget", false, List.of(), null, null);
    }
    boolean asked = explaining || rules.askFindings();
    List<FieldFinding> found =
        asked ? account.findings(reading, recent, alone, surprisal) : List.of();
    Mark mark = asked ? leniency.mark(incoming.source().id(), surprisal, found) : null;
    List<FieldFinding> findings = reading.told(found);
    String maintenance = rules.maintenance(incoming, segment);
    if (maintenance != null) {
      String held = Rule.Kind.MAINTENANCE.word();
      return new Decision(VerdictKind.SUPPRESSED, maintenance, true, findings, mark, held);
    }
    String pardon = mark == null ? null : leniency.pardon(mark, state);
    if (breach != null) {
      return new Decision(VerdictKind.ANOMALY, breach, true, findings, mark, null);
    }
    Rulebook.Excuse excuse = rules.excuse(incoming, segment, findings);
    if (excuse != null) {
      String held = excuse.kind().word();
      return new Decision(VerdictKind.SUPPRESSED, excuse.cited(), false, findings, mark, held);
    }
    if (pardon != null) {
      return new Decision(VerdictKind.SUPPRESSED, pardon, false, findings, mark, "feedback");
    }
    String why = rare ? "p below budget" : "the episode goes on";
    return new Decision(VerdictKind.ANOMALY, why, true, findings, mark, null);
  }

  /**
   * What each field had to do with the record judged last, whatever its verdict, largest
   * contribution first. Contributions sum to the surprisal: shares of the record alone, and of its
   * window, in the proportion in which the two were improbable.
   */
  public List<FieldFinding> findings() {
    Reading reading = last();
    return reading.told(account.findings(reading, recent, alone, surprisal));
  }

  /** The record judged last with what its running totals grew by. */
  public Observation grown() {
    return last().grown();
  }

  /** Where the record judged last lies in the latents, from what it knows. */
  public Embedding embedding() {
    return embedder.of(last().inputs(), recent);
  }

  private Reading last() {
    return Objects.requireNonNull(last, "nothing was judged yet");
  }

  private static double rarity(double p) {
    return 1 - StrictMath.pow(p, 0.1);
  }

  private Judged unscored(Incoming incoming, VerdictKind kind, String reason) {
    return new Judged(Verdict.unscored(incoming, kind, reason, model.id()));
  }
}
