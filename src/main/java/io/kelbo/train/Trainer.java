package io.kelbo.train;

import io.kelbo.decide.Calibration;
import io.kelbo.decide.Standard;
import io.kelbo.encode.Encoder;
import io.kelbo.encode.EncoderLearning;
import io.kelbo.model.Model;
import io.kelbo.model.Provenance;
import io.kelbo.model.StreamSense;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Run;
import io.kelbo.score.Crowd;
import io.kelbo.score.Patterns;
import io.kelbo.score.Readout;
import io.kelbo.score.Scorer;
import io.kelbo.score.Tails;
import io.kelbo.vae.Network;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Trains and judges a challenger. A pure function; knows no Kafka and no clock. */
public final class Trainer {
  /** Fewer records than this are refused: nothing could be calibrated. */
  public static final int MINIMUM_RECORDS = 50;

  // On shorter samples the nonlinear branch is not tried: factor analysis is there at once, and a
  // longer sample is only a retraining away.
  private static final int VAE_FROM = 5000;

  private final InputLayout layout;
  private final List<Run> runs;
  private final TrainingSettings settings;
  private final Lineage lineage;
  private final TrainingRows rows;
  private final Map<String, Double> figures = new TreeMap<>();

  private Trainer(InputLayout layout, List<Run> runs, TrainingSettings settings, Lineage lineage) {
    this.layout = layout;
    this.settings = settings;
    this.lineage = lineage;
    TrainingRows all =
        TrainingRows.of(layout.fields(), TrainingRows.ordered(runs), settings.quarantine());
    this.runs = all.seen();
    this.rows = settings.tabular() ? all : all.withFullContext();
  }

  /**
   * @param runs the sample: any number of runs of any entities, in any order
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static Outcome train(
      InputLayout layout, List<Run> runs, TrainingSettings settings, Lineage lineage) {
    Trainer trainer = new Trainer(layout, runs, settings, lineage);
    if (trainer.rows.size() < MINIMUM_RECORDS) {
      return new Outcome.Rejected(
          "there are %d records to learn from but %d are needed"
              .formatted(trainer.rows.size(), MINIMUM_RECORDS),
          Map.of("records", (double) trainer.rows.size()));
    }
    try {
      return settings.parallel()
          ? Threads.on(settings.threads(), trainer::challenge)
          : trainer.challenge();
    } catch (ArithmeticException | IllegalArgumentException diverged) {
      return new Outcome.Rejected("training failed: " + diverged.getMessage(), trainer.figures);
    }
  }

  private Outcome challenge() {
    Encoder encoder =
        EncoderLearning.learn(
            layout.fields(), rows.observations(), rows.means(), !settings.tabular());
    Patterns patterns =
        settings.tabular()
            ? Patterns.none(layout.fields().size())
            : Patterns.learn(layout.fields().size(), rows.misses(), rows.repeats(), rows.depths());
    Fitting fitting = new Fitting(encoder, rows, settings);
    Folds folds = new Folds(rows);
    Rivals rivals =
        new Rivals(
            fitting,
            fitting::vae,
            folds,
            new CrossValidation(rows, encoder, patterns, settings.seed()),
            new CrossValidation(rows, encoder, patterns, settings.seed()));
    rivals.meet(rows.size() >= VAE_FROM, settings.parallel());
    Outcome outcome = null;
    while (outcome == null) { // at most twice: the second time there is no branch
      outcome = outcome(encoder, patterns, fitting, folds, rivals);
    }
    return outcome;
  }

  /** Null where the branch won and diverged on the whole sample: factor analysis is to be asked. */
  private @Nullable Outcome outcome(
      Encoder encoder, Patterns patterns, Fitting fitting, Folds folds, Rivals rivals) {
    CrossValidation winner = rivals.winner();
    Network newest = rivals.network(Folds.COUNT - 1);
    figures.put("vae_gain", rivals.gain().mean());
    figures.put("vae_gain_se", rivals.gain().standardError());
    figures.put("held_out_nll", Arrays.stream(winner.nll()).average().orElse(0));
    Bound.into(figures, encoder, newest, rows, folds.inside(Folds.COUNT - 1), settings.seed());
    Gate.Finding gate = gate(winner, folds, encoder, newest);
    if (!gate.passed()) {
      return new Outcome.Rejected(rivals.remarked(gate.reason()), figures);
    }
    Interrupted.check();
    int[] all = IntStream.range(0, rows.size()).toArray();
    Network network = rivals.whole(all);
    if (network == null) {
      return null;
    }
    figures.put("unforeseen_blocks", (double) winner.settle(network, folds));
    Crowd crowd = null;
    if (settings.tabular()) {
      CrowdLearning learning = new CrowdLearning(encoder, patterns, rows, fitting, settings.seed());
      for (int fold = 0; fold < Folds.COUNT; fold++) {
        learning.add(rivals.network(fold), folds.outside(fold), folds.inside(fold));
      }
      crowd = learning.settle(all, winner);
    }
    Standard standard = winner.standard();
    StreamSense stream =
        StreamLearning.learn(layout.fields(), runs, winner.byMoment(), standard, settings);
    // Without a stream entities are not followed, and their scores not divided.
    Calibration calibration =
        (stream == null ? winner.standardOfRecords() : standard).calibration();
    Scorer scorer = new Scorer(encoder, network, patterns, crowd);
    ReadoutLearning telling = new ReadoutLearning(encoder, scorer, rows, told(), figures);
    List<Readout> readouts = telling.learn();
    Tails tails =
        settings.tails() ? TailLearning.learn(scorer, rows) : Tails.normal(layout.fields().size());
    Model model =
        model(
            encoder,
            patterns,
            network,
            calibration,
            crowd,
            stream,
            readouts,
            tails,
            rivals.method());
    return new Outcome.Promoted(model, rivals.remarked(telling.remarked(gate.reason())), figures);
  }

  /**
   * @param network the challenger's, that did not learn from the newest fifth
   */
  private Gate.Finding gate(
      CrossValidation challenger, Folds folds, Encoder encoder, Network network) {
    Model champion = lineage.champion();
    int[] newest = folds.inside(Folds.COUNT - 1);
    if (champion != null && !champion.layout().fields().equals(layout.fields())) {
      return new FieldGate(rows, newest, settings.seed(), figures)
          .compare(champion, encoder, network);
    }
    int[] unlike =
        IntStream.concat(Arrays.stream(newest), Arrays.stream(rows.flagged())).distinct().toArray();
    if (rows.size() - unlike.length < Calibration.LEAST) {
      unlike = newest; // all but a few were flagged: they are what is usual now
    }
    String richer =
        champion == null || champion.provenance().ground().settings().isEmpty()
            ? null
            : richer(champion);
    return new Gate(rows, newest, settings.seed(), figures)
        .compare(champion, challenger, challenger.standardWithout(unlike), richer, records());
  }

  /** What the challenger has that is not in the comparison of single records; null for nothing. */
  private @Nullable String richer(Model champion) {
    String budget = champion.provenance().ground().settings().get(TrainingSettings.BUDGET);
    if (!settings.budget().toString().equals(budget)) {
      return "keeps the alarm budget '%s' instead of '%s'".formatted(settings.budget(), budget);
    }
    if (champion.readouts().size() < Labelled.tellable(rows, layout.fields())) {
      return "tells a target that the champion does not";
    }
    if (settings.tails() && champion.tails().equals(Tails.normal(layout.fields().size()))) {
      return "knows how far values lie from what the others say";
    }
    return null;
  }

  /** What the champion tells. */
  private List<Readout> told() {
    return lineage.champion() == null ? List.of() : lineage.champion().readouts();
  }

  private long records() {
    return runs.stream().mapToLong(r -> r.moments().size()).sum();
  }

  private Model model(
      Encoder encoder,
      Patterns patterns,
      Network network,
      Calibration calibration,
      @Nullable Crowd crowd,
      @Nullable StreamSense stream,
      List<Readout> readouts,
      Tails tails,
      String method) {
    double perDay = StreamRate.recordsPerDay(runs);
    double wanted = settings.budget().perRecord(perDay);
    double threshold = calibration.threshold(wanted);
    figures.put("budget_per_record", wanted);
    figures.put("records_per_day", perDay);
    figures.put("extremal_index", calibration.extremalIndex());
    figures.put("threshold_p", threshold);
    figures.put("rows", (double) rows.size());
    Instant[] times =
        rows.moments().stream().map(Run.Moment::time).sorted().toArray(Instant[]::new);
    Model champion = lineage.champion();
    Provenance provenance =
        new Provenance(
            lineage.now(),
            times[0],
            times[times.length - 1],
            records(),
            settings.seed(),
            method,
            champion == null ? null : champion.id().version(),
            champion == null ? lineage.warmUp() : champion.provenance().warmUp(),
            figures,
            GroundLearning.learn(encoder, rows, runs, settings.byKey()));
    return new Model(
        lineage.id(),
        layout,
        encoder,
        patterns,
        network,
        calibration,
        threshold,
        provenance,
        crowd,
        stream,
        readouts,
        tails);
  }
}
