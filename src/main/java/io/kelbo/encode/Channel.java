package io.kelbo.encode;

import java.util.List;

/**
 * One input of the network: a field's value now, or the mean of its recent values.
 *
 * @param field the field's place
 * @param kind how it is encoded
 * @param recent whether it is the mean of recent values instead of the value now
 * @param at its first place among the network's inputs
 * @param mean what is subtracted, in the field's unit (log1p of it for counts)
 * @param sd what is divided by, likewise; positive
 * @param constant whether it never changed while learning
 * @param categories the known categories, most frequent first; empty for other kinds
 */
public record Channel(
    int field,
    Kind kind,
    boolean recent,
    int at,
    double mean,
    double sd,
    boolean constant,
    List<String> categories) {

  /**
   * The scale of a field that had no value while learning: whatever comes is near its mean, until a
   * retraining has seen it.
   */
  static final double NEVER_SEEN = 1e300;

  /** How a channel is encoded. */
  public enum Kind {
    NUMBER,
    COUNT,
    FLAG,
    CATEGORY
  }

  public Channel {
    categories = List.copyOf(categories);
    if (!(sd > 0) || !Double.isFinite(sd) || !Double.isFinite(mean)) {
      throw new IllegalArgumentException(
          "a channel's mean is %s and its sd %s; both must be finite and the sd positive"
              .formatted(mean, sd));
    }
  }

  /**
   * How many places it takes; a category has one more than it knows, the first, for the unknown.
   */
  public int width() {
    return kind == Kind.CATEGORY ? categories.size() + 1 : 1;
  }

  /** Whether the field had any value while learning. */
  public boolean known() {
    return kind == Kind.CATEGORY ? !categories.isEmpty() : sd < NEVER_SEEN;
  }

  /** A standardised number in the field's own unit. */
  public double raw(double standardised) {
    double value = standardised * sd + mean;
    return kind == Kind.COUNT ? StrictMath.expm1(value) : value;
  }
}
