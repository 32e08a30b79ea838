package io.kelbo.score;

import io.kelbo.encode.Encoder;
import io.kelbo.kernel.Exponential;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import java.util.Arrays;
import java.util.List;

/**
 * Tells a target from a record without holes: a number with its spread, or the chance of each
 * class. Immutable. It reads the record as it was read when this was learned, not as a network
 * does, so that it outlives the network: a model that learned from records without the target takes
 * it over.
 *
 * <pre>
 * t = w_0 + Σ_f w_f φ_f(x)                 a number
 * P(c) = softmax_c (w_0c + Σ_f w_fc φ_f(x))  a class
 * </pre>
 */
public final class Readout {
  /** More classes are not told apart: each needs records of its own. */
  public static final int MOST_CLASSES = 64;

  /** More weights would make a snapshot of hundreds of fields and classes too large. */
  public static final int MOST_WEIGHTS = 20_000;

  private final int target;
  private final Encoder encoder;
  private final Terms terms;
  private final List<String> classes;
  private final double[] weights;
  private final double sd;
  private final double reach;

  /**
   * @param target the field's place
   * @param encoder how records are read
   * @param classes at least two; empty for a number
   * @param weights (1 + terms, outputs), the constants first
   * @param sd of what is left unexplained of a number, in its unit; 1 for classes
   * @param reach standard deviations to either end of a number's 90 % interval; 1 for classes
   * @throws IllegalArgumentException if they do not fit
   */
  public Readout(
      int target,
      Encoder encoder,
      int order,
      List<String> classes,
      double[] weights,
      double sd,
      double reach) {
    this.target = target;
    this.encoder = encoder;
    this.terms = Terms.of(encoder, order);
    this.classes = List.copyOf(classes);
    this.weights = weights.clone();
    this.sd = sd;
    this.reach = reach;
    int wanted = (1 + terms.size()) * outputs();
    boolean finite = Arrays.stream(weights).allMatch(Double::isFinite);
    Fields fields = encoder.fields();
    if (target < 0
        || target >= fields.size()
        || !fields.get(target).target()
        || fields.get(target).numeric() != classes.isEmpty()
        || classes.size() == 1
        || classes.size() > MOST_CLASSES
        || weights.length != wanted
        || !finite
        || !(sd > 0 && Double.isFinite(sd))
        || !(reach > 0 && Double.isFinite(reach))) {
      throw new IllegalArgumentException(
          "a readout of field %d with %d classes, %d weights instead of %d, sd %s and reach %s does not fit"
              .formatted(target, classes.size(), weights.length, wanted, sd, reach));
    }
  }

  /** The target's place among the fields. */
  public int target() {
    return target;
  }

  public Encoder encoder() {
    return encoder;
  }

  /** 1 or 2: see {@link Terms}. */
  public int order() {
    return terms.order();
  }

  /** In the order of {@link Told#chances}; empty for a number. */
  public List<String> classes() {
    return classes;
  }

  /** A copy, (1 + terms, outputs). */
  public double[] weights() {
    return weights.clone();
  }

  /** Of what is left unexplained of a number, in its unit. */
  public double sd() {
    return sd;
  }

  /** Standard deviations to either end of a number's 90 % interval. */
  public double reach() {
    return reach;
  }

  private int outputs() {
    return Math.max(1, classes.size());
  }

  /**
   * What is told.
   *
   * @param value NaN for classes
   * @param sd likewise
   * @param low lower end of the 90 % interval, likewise
   * @param high upper end
   * @param chances of the classes, in their order; they sum to 1; empty for a number
   */
  public record Told(double value, double sd, double low, double high, List<Double> chances) {
    public Told {
      chances = List.copyOf(chances);
    }
  }

  /**
   * Tells the target.
   *
   * <p>With m holes the record is filled 2 m ways, each hole √m deviations up and down, and the
   * answers are averaged (unscented transform, Julier and Uhlmann 1997): where the holes matter a
   * number's spread grows, and chances draw near each other.
   *
   * @param means (fields) of recent values, NaN where unknown
   */
  public Told of(Guessed record, double[] means) {
    double[] sum = new double[outputs()];
    int holes = record.holes().size();
    double squares = 0;
    if (holes == 0) {
      sum = answer(record.observation(), means);
    }
    for (int i = 0; i < 2 * holes; i++) {
      double way = i % 2 == 0 ? Math.sqrt(holes) : -Math.sqrt(holes);
      double[] one = answer(record.moved(i / 2, way), means);
      squares += one[0] * one[0] / (2 * holes);
      for (int c = 0; c < sum.length; c++) {
        sum[c] += one[c] / (2 * holes);
      }
    }
    if (!classes.isEmpty()) {
      double none = Double.NaN;
      return new Told(none, none, none, none, Arrays.stream(sum).boxed().toList());
    }
    double more = holes == 0 ? 0 : Math.max(0, squares - sum[0] * sum[0]);
    double spread = finite(Math.sqrt(sd * sd + more));
    double value = finite(sum[0]);
    double far = reach * spread;
    return new Told(value, spread, finite(value - far), finite(value + far), List.of());
  }

  private static double finite(double number) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, number));
  }

  /** The number in its unit, or the chances. */
  private double[] answer(Observation record, double[] means) {
    double[] input = new double[encoder.inputs()];
    encoder.encode(
        record, means, input, new double[input.length], new double[encoder.channels().size()]);
    double[] told = new double[terms.size()];
    terms.of(input, told);
    double[] out = logits(told);
    if (classes.isEmpty()) {
      out[0] = encoder.channels().get(target).raw(out[0]);
    } else {
      Exponential.softmax(out);
    }
    return out;
  }

  private double[] logits(double[] told) {
    int outputs = outputs();
    double[] out = Arrays.copyOf(weights, outputs);
    for (int f = 0; f < told.length; f++) {
      int row = (1 + f) * outputs;
      for (int c = 0; c < outputs; c++) {
        out[c] = Math.fma(weights[row + c], told[f], out[c]);
      }
    }
    return out;
  }
}
