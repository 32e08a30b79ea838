package io.kelbo.train;

import io.kelbo.context.Recent;
import io.kelbo.decide.Standard;
import io.kelbo.model.Model;
import io.kelbo.score.Scorer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a challenger scores better than the champion on the newest fifth of the sample, which
 * neither learned from: hidden values predicted better, or as well and its probabilities nearer to
 * what they say, or as well and more known, or as well and better what the champion flagged and
 * quarantine let go. A tie keeps the champion.
 */
final class Gate {
  // Rows follow each other in time, so their losses are not independent: two standard errors.
  private static final double CLEARLY = 2;
  // Entities share their surroundings, so that two standard errors are too few still.
  private static final double NEGLIGIBLE = 0.03; // nats a record
  // A rate of small p-values twice as near to the nominal one, as a ratio, is no chance: it takes
  // at least 20 of them on either side.
  private static final double NEARER = StrictMath.log(2);
  private static final double NOMINAL = 0.01;
  private static final int LEAST_SMALL = 20;
  private static final double MORE = 2; // times the champion's records
  private static final int LEAST_RELEASED = 50; // records

  private final TrainingRows rows;
  private final int[] newest;
  private final int heldBack; // flagged records of that time which are no rows
  private final long seed;
  private final Map<String, Double> figures;

  /** Whether it passed, and the sentence that says what was compared. */
  record Finding(boolean passed, String reason) {}

  /**
   * @param newest the rows of the newest fifth
   * @param figures every number compared is put here
   */
  Gate(TrainingRows rows, int[] newest, long seed, Map<String, Double> figures) {
    this.rows = rows;
    this.newest = newest;
    this.heldBack = rows.heldBackSince(newest);
    this.seed = seed;
    this.figures = figures;
  }

  /**
   * Compares.
   *
   * @param champion null for the first model, or one of the same fields
   * @param challenger its losses and scores out of sample
   * @param olders what the challenger's scores out of sample on the older four fifths say
   * @param richer whether the challenger judges streams and the champion cannot, or the budget is
   *     another one: what the comparison does not see
   * @param records how many records the challenger learned from
   */
  Finding compare(
      @Nullable Model champion,
      CrossValidation challenger,
      Standard olders,
      @Nullable String richer,
      long records) {
    if (champion == null) {
      return new Finding(true, "the first model");
    }
    double[] losses = new HeldOut(champion.encoder(), champion.network()).nll(rows, newest, seed);
    double[] own = new double[newest.length];
    double[] scores = new double[newest.length];
    for (int i = 0; i < newest.length; i++) {
      own[i] = challenger.nll()[newest[i]];
      scores[i] = challenger.scores()[newest[i]];
    }
    Comparison gain = Comparison.of(losses, own);
    figures.put("gate_gain", gain.mean());
    figures.put("gate_gain_se", gain.standardError());
    figures.put("gate_rows", (double) newest.length);
    figures.put("gate_held_back", (double) heldBack);
    double before = small("champion", champion.standard(), newest, scores(champion, newest));
    double after = small("challenger", olders, newest, scores);
    String rates =
        String.format(
            Locale.ROOT, "p below 1 %% on %.2f %%, champion %.2f %%", 100 * after, 100 * before);
    String numbers = gain + "; " + rates;
    if (clearlyWorse(gain)) {
      return no("the challenger predicts hidden values of the newest fifth worse", numbers);
    }
    if (clearlyBetter(gain)) {
      return yes("the challenger predicts hidden values of the newest fifth better", numbers);
    }
    String usual = usual(champion, challenger);
    if (usual != null) {
      return yes("it predicts as well, and " + usual, numbers);
    }
    if (farther(after, before)) {
      return no("it predicts no better, and its probabilities keep their word worse", numbers);
    }
    if (farther(before, after)) {
      return yes("it predicts as well, and its probabilities keep their word better", numbers);
    }
    if (richer != null) {
      return yes("it predicts as well, and " + richer, numbers);
    }
    if (records >= MORE * champion.provenance().records()) {
      return yes(
          "it predicts as well, and learned from %d records instead of %d"
              .formatted(records, champion.provenance().records()),
          numbers);
    }
    return no(
        "it predicts as well as the champion and no better: a tie keeps what there is", numbers);
  }

  /**
   * Whether the challenger finds half as many strange of the records that the champion flagged and
   * that are learned from all the same: of an entity that has become another, the newest fifth
   * holds few, since the newest are still held back, and hidden cells see one field in ten.
   *
   * @return what it finds; null where there are few of them, or it finds no fewer strange
   */
  private @Nullable String usual(Model champion, CrossValidation challenger) {
    int[] places = rows.flagged();
    if (places.length < LEAST_RELEASED) {
      return null;
    }
    double[] scores = Arrays.stream(places).mapToDouble(i -> challenger.scores()[i]).toArray();
    double before =
        small("champion_flagged", champion.standard(), places, scores(champion, places));
    double after = small("challenger_flagged", challenger.standard(), places, scores);
    figures.put("flagged_rows", (double) places.length);
    return 2 * after > before
        ? null
        : String.format(
            Locale.ROOT,
            "of %d records flagged until they were usual %.0f %% have p below 1 %%, champion %.0f %%",
            places.length,
            100 * after,
            100 * before);
  }

  static boolean clearlyWorse(Comparison gain) {
    return gain.secondWorseBy(CLEARLY) && gain.mean() < -NEGLIGIBLE;
  }

  static boolean clearlyBetter(Comparison gain) {
    return gain.secondBetterBy(CLEARLY) && gain.mean() > NEGLIGIBLE;
  }

  private static Finding yes(String sentence, String numbers) {
    return new Finding(true, sentence + " (" + numbers + ")");
  }

  private static Finding no(String sentence, String numbers) {
    return new Finding(false, sentence + " (" + numbers + ")");
  }

  /** Whether a rate is farther from the nominal one than another, beyond chance. */
  private boolean farther(double rate, double other) {
    boolean many = Math.max(rate, other) * newest.length >= LEAST_SMALL;
    return many && distance(rate) > distance(other) + NEARER;
  }

  /**
   * How far a rate is from the nominal one, as a logarithm. What was flagged and is in quarantine
   * is missing from it, and would mostly have small p-values: a rate too low by no more than that
   * says nothing.
   */
  private double distance(double rate) {
    double least = 0.5 / newest.length;
    double most = (rate * newest.length + heldBack) / (newest.length + heldBack);
    double nearest = Math.max(Math.min(NOMINAL, most), rate);
    return Math.abs(StrictMath.log(Math.max(least, nearest) / NOMINAL));
  }

  /** The share of p-values below 1 %; notes those below 0.1 % too. */
  private double small(String whose, Standard standard, int[] places, double[] scores) {
    int below01 = 0;
    int below001 = 0;
    for (int i = 0; i < places.length; i++) {
      double p = standard.pValue(rows.entity(places[i]), scores[i]);
      below01 += p < 0.01 ? 1 : 0;
      below001 += p < 0.001 ? 1 : 0;
    }
    double n = Math.max(1, scores.length);
    figures.put(whose + "_below_01", below01 / n);
    figures.put(whose + "_below_001", below001 / n);
    return below01 / n;
  }

  private double[] scores(Model champion, int[] places) {
    Scorer scorer =
        new Scorer(champion.encoder(), champion.network(), champion.patterns(), champion.crowd());
    Recent recent = new Recent(champion.layout().fields().size());
    double[] scores = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      rows.surroundings(places[i], recent);
      scorer.score(rows.observations().get(places[i]), recent);
      scores[i] = scorer.comparable();
    }
    return scores;
  }
}
