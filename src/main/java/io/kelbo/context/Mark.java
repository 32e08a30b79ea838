package io.kelbo.context;

import java.util.Arrays;

/**
 * An alarm as its entity remembers it: what stood out, and what people said of it. The numbers are
 * in standard deviations of the model's own residuals, so that they outlast the model. Of all
 * numbers only the largest {@value #MOST} are kept, and only what lies beyond two deviations.
 *
 * @param id of the verdict that opened the episode
 * @param surprisal the largest of the episode, in nats
 * @param places ascending; which numbers stood out
 * @param values by how much beyond two deviations, with their signs
 */
@SuppressWarnings("ArrayRecordComponent") // copied at birth, never changed
public record Mark(String id, Said said, float surprisal, short[] places, float[] values) {
  /** How many numbers a mark keeps. */
  public static final int MOST = 8;

  /** To a deviation: values are kept in two bytes, so up to 2,000 deviations. */
  static final int STEPS = 16;

  private static final double USUAL = 2; // deviations
  private static final double FURTHEST = 2000;

  public Mark {
    places = places.clone();
    values = values.clone();
    if (places.length != values.length || places.length > MOST) {
      throw new IllegalArgumentException(
          "a mark was given %d places and %d values, but must have as many of both, at most %d"
              .formatted(places.length, values.length, MOST));
    }
  }

  /**
   * The mark of a record.
   *
   * @param residuals in standard deviations; NaN where not known
   */
  public static Mark of(String id, double surprisal, double[] residuals) {
    Integer[] order = new Integer[residuals.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(size(residuals[b]), size(residuals[a])));
    int count = 0;
    while (count < Math.min(MOST, order.length) && size(residuals[order[count]]) > 0) {
      count++;
    }
    Arrays.sort(order, 0, count);
    short[] places = new short[count];
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      places[i] = (short) (int) order[i];
      double out = Math.signum(residuals[order[i]]) * size(residuals[order[i]]);
      values[i] = (float) (Math.rint(out * STEPS) / STEPS);
    }
    return new Mark(id, Said.NOTHING, (float) surprisal, places, values);
  }

  private static double size(double residual) {
    double size = Math.abs(residual) - USUAL;
    return size > 0 ? Math.min(size, FURTHEST) : 0; // NaN is nothing
  }

  /** Cosine of what stood out, in -1..1; 0 where nothing did. */
  public double likeness(Mark other) {
    double product = 0;
    int j = 0;
    for (int i = 0; i < places.length; i++) {
      while (j < other.places.length && other.places[j] < places[i]) {
        j++;
      }
      if (j < other.places.length && other.places[j] == places[i]) {
        product += values[i] * other.values[j];
      }
    }
    return product == 0 ? 0 : product / (length() * other.length());
  }

  /** How far out it lies: the length of what stood out, in deviations. */
  public double length() {
    double squares = 0;
    for (float value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  public Mark said(Said word) {
    return new Mark(id, word, surprisal, places, values);
  }

  Mark grown(double nats) {
    return nats <= surprisal ? this : new Mark(id, said, (float) nats, places, values);
  }
}
