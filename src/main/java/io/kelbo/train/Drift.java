package io.kelbo.train;

import io.kelbo.model.Footing;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a block of a stream left what was learned from. Each block mean is held against the block
 * means of the training window as one more of them: Student's t with as many degrees of freedom as
 * there were blocks, less one, so that few blocks are believed little.
 *
 * <p>A field drifts when its mean, its spread or its share of missing values is beyond 5 standard
 * deviations (as t is for a normal deviate) and beyond a size that matters. Were the blocks of the
 * window independent and normal, 150 such tests a block would go wrong once in 11,000 blocks.
 */
public final class Drift {
  /** Standard deviations beyond which a block is strange: two-sided 5.7e-7. */
  public static final double BEYOND = 5;

  /** A mean must move by this many training standard deviations. */
  static final double LEAST_SHIFT = 0.5;

  /** A variance must change by this factor, up or down. */
  static final double LEAST_FACTOR = 2.5;

  /** The share of missing values must change by this. */
  static final double LEAST_MISSING = 0.1;

  /** Of a whole record: this share of p-values below 0.01. */
  public static final double MOST_SMALL = 0.05;

  private Drift() {}

  /**
   * What a field did over a block.
   *
   * @param records how many records, at least 1
   * @param missing how many without a value
   * @param sum of the values on the model's scale
   * @param squares of the same, squared
   */
  public record Block(long records, long missing, double sum, double squares) {
    public Block plus(Block other) {
      return new Block(
          records + other.records,
          missing + other.missing,
          sum + other.sum,
          squares + other.squares);
    }
  }

  /**
   * What moved.
   *
   * @param what {@code mean}, {@code spread} or {@code missing}
   * @param size how far: in training standard deviations, as a factor of the variance, as a share
   * @param deviations how far beyond the training window's blocks, in standard deviations
   */
  public record Moved(String what, double size, double deviations) {
    /** As people read it: {@code mean +2.31 sd}. */
    @Override
    public String toString() {
      String unit =
          switch (what) {
            case "mean" -> "%+.2f sd";
            case "spread" -> "variance x %.2f";
            default -> "%+.2f of records";
          };
      return what + " " + String.format(Locale.ROOT, unit, size);
    }
  }

  /**
   * The field's largest drift, if it has any.
   *
   * @param blocks how many blocks the footing is of, at least 2
   */
  public static Optional<Moved> of(Footing footing, int blocks, Block block) {
    double absent = (double) block.missing() / block.records();
    Moved worst =
        moved(
            "missing",
            absent - footing.missing(),
            absent - footing.missing(),
            footing.missingSd(),
            LEAST_MISSING,
            blocks);
    long present = block.records() - block.missing();
    if (present > block.records() / 4) {
      double mean = block.sum() / present;
      double shift = mean - footing.mean();
      worst = larger(worst, moved("mean", shift, shift, footing.meanSd(), LEAST_SHIFT, blocks));
      double log = logVariance(block.squares() / present - mean * mean) - footing.logVariance();
      worst =
          larger(
              worst,
              moved(
                  "spread",
                  StrictMath.exp(log),
                  log,
                  footing.logVarianceSd(),
                  StrictMath.log(LEAST_FACTOR),
                  blocks));
    }
    return worst.deviations() > BEYOND ? Optional.of(worst) : Optional.empty();
  }

  static double logVariance(double variance) {
    return StrictMath.log(Math.max(0, variance) + Footing.LEAST_VARIANCE);
  }

  private static Moved larger(Moved a, Moved b) {
    return b.deviations() > a.deviations() ? b : a;
  }

  private static Moved moved(
      String what, double size, double off, double sd, double least, int blocks) {
    if (Math.abs(off) < least) {
      return new Moved(what, size, 0);
    }
    double t = off / Math.max(1e-9, sd * Math.sqrt(1 + 1.0 / blocks));
    return new Moved(what, size, deviations(t, blocks - 1));
  }

  /** Student's t as a normal deviate of the same probability (Wallace 1959), unsigned. */
  static double deviations(double t, int freedom) {
    double f = freedom;
    return (8 * f + 1) / (8 * f + 3) * Math.sqrt(f * StrictMath.log1p(t * t / f));
  }
}
