package io.kelbo.score;

import io.kelbo.encode.Channel;
import io.kelbo.encode.Encoder;
import io.kelbo.kernel.Exponential;
import io.kelbo.record.Observation;
import io.kelbo.vae.LeftOut;
import io.kelbo.vae.Likelihood;
import io.kelbo.vae.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which values of a record its other fields speak against. The one that surprises most goes first,
 * and the rest is asked anew without it: a wrong value makes its neighbours look wrong. Where half
 * of what is there would have to go, nothing says which half is right, and nothing goes. One
 * thread's.
 */
public final class Doubts {
  private static final Chance CERTAIN = new Chance(1, 0);

  private final Scorer scorer;
  private final Tails tails;
  private final LeftOut leftOut;
  private final int[] fields; // (heads) which field each belongs to
  private final double[] mask; // (heads) as scored
  private final double[] z; // (L) as scored
  private final double[] nats; // (fields) of what was looked at last

  /**
   * A value that is doubted.
   *
   * @param p probability of a value at least as far out, given the other fields, in 0..1
   */
  public record Doubt(int field, double p) {}

  /**
   * How unlikely a value is; the nats are what the record would be less surprising without it. They
   * say which goes first: of two that disagree the one whose tails are heavier would win by p.
   */
  private record Chance(double p, double nats) {}

  public Doubts(Scorer scorer, Tails tails) {
    this.scorer = scorer;
    this.tails = tails;
    this.fields = scorer.encoder().channels().stream().mapToInt(Channel::field).toArray();
    int latent = scorer.network().shape().latent();
    this.leftOut = new LeftOut(scorer.encoder().fields().size(), latent);
    this.mask = new double[fields.length];
    this.z = new double[latent];
    this.nats = new double[scorer.encoder().fields().size()];
  }

  /**
   * Looks at what was scored last. Afterwards the scorer's z is refined without the doubted values,
   * so that they can be filled; {@link #restore} puts it back.
   *
   * @param observation that record's
   * @param level values whose p is below are doubted, in (0, 1)
   * @return in the order of their places
   */
  public List<Doubt> find(Observation observation, double level) {
    keep();
    Arrays.fill(nats, Double.NaN);
    boolean[] out = new boolean[scorer.encoder().fields().size()];
    List<Doubt> doubts = new ArrayList<>();
    while (true) {
      settle(out);
      int worst = -1;
      Chance least = CERTAIN;
      for (int j = 0; j < out.length; j++) {
        if (!out[j] && mask[j] != 0 && scorer.encoder().channels().get(j).known()) {
          Chance its = alone(observation, j, out);
          nats[j] = its.nats();
          if (its.p() < level && its.nats() > least.nats()) {
            worst = j;
            least = its;
          }
        }
      }
      if (worst < 0) {
        break;
      }
      out[worst] = true;
      doubts.add(new Doubt(worst, least.p()));
      if (2 * doubts.size() >= observation.present()) {
        doubts.clear();
        Arrays.fill(out, false);
        break;
      }
    }
    hide(out);
    scorer.refine();
    doubts.sort(Comparator.comparingInt(Doubt::field));
    return doubts;
  }

  /**
   * How far the numbers looked at last are from what the others say, without those that were
   * doubted, for {@link Tails}.
   *
   * @return (fields) absolute deviations; NaN for flags, categories and what is missing
   */
  public double[] residuals() {
    double[] residuals = new double[nats.length];
    for (int j = 0; j < nats.length; j++) {
      boolean number = scorer.encoder().fields().get(j).numeric();
      residuals[j] = number ? Math.sqrt(2 * nats[j]) : Double.NaN;
    }
    return residuals;
  }

  /** Puts back what {@link #find} changed. */
  public void restore() {
    Workspace w = scorer.workspace();
    System.arraycopy(mask, 0, w.mask, 0, mask.length);
    System.arraycopy(z, 0, w.z, 0, z.length);
    scorer.network().decode(w);
  }

  private void keep() {
    Workspace w = scorer.workspace();
    System.arraycopy(w.z, 0, z, 0, z.length);
    System.arraycopy(w.mask, 0, mask, 0, mask.length);
  }

  /** Finds z without some fields, the base of what follows. */
  private void settle(boolean[] out) {
    hide(out);
    scorer.refine();
    leftOut.of(scorer.network(), scorer.workspace(), fields);
  }

  /** How unlikely a field's value is given the others that are not out. */
  private Chance alone(Observation observation, int field, boolean[] out) {
    out[field] = true;
    leftOut.without(out);
    leftOut.decode(scorer.network(), scorer.workspace());
    out[field] = false;
    return of(observation, field);
  }

  private void hide(boolean[] out) {
    for (int c = 0; c < fields.length; c++) {
      scorer.workspace().mask[c] = out[fields[c]] ? 0 : mask[c];
    }
  }

  /** How unlikely a field's value is under what is decoded. */
  private Chance of(Observation observation, int field) {
    Channel channel = scorer.encoder().channels().get(field);
    Workspace w = scorer.workspace();
    int at = channel.at();
    return switch (channel.kind()) {
      case NUMBER -> {
        double seen = (observation.number(field) - channel.mean()) / channel.sd();
        double variance = scorer.network().psi(at) + scorer.network().decodedVariance(w, at);
        double off = Encoder.squash(seen) - w.eta[at];
        yield beyond(field, 0.5 * off * off / variance);
      }
      case COUNT -> {
        double rate = Likelihood.rate(w.eta[at]);
        double own = scorer.network().psi(at) * rate;
        double known = rate * rate * scorer.network().decodedVariance(w, at);
        yield beyond(field, scorer.network().deviance(w, field) * own / (own + known));
      }
      case FLAG -> {
        double yes = Exponential.sigmoid(w.eta[at] / drawn(at));
        double p = observation.number(field) != 0 ? yes : 1 - yes;
        yield new Chance(Math.min(1, p), -StrictMath.log(Math.max(p, 1e-300)));
      }
      case CATEGORY -> {
        double[] chances = new double[channel.width()];
        int own = channel.categories().indexOf(String.valueOf(observation.text(field))) + 1;
        double drawn = drawn(at + own);
        for (int k = 0; k < chances.length; k++) {
          chances[k] = w.eta[at + k] / drawn;
        }
        Exponential.softmax(chances);
        double p = 0;
        for (double one : chances) {
          p += one <= chances[own] ? one : 0;
        }
        yield new Chance(Math.min(1, p), -StrictMath.log(Math.max(p, 1e-300)));
      }
    };
  }

  /** By how much logits draw near 0 where z is not known exactly (MacKay 1992). */
  private double drawn(int at) {
    return Math.sqrt(1 + Math.PI / 8 * scorer.network().decodedVariance(scorer.workspace(), at));
  }

  /** Two-sided tail of a normal deviate {@code r}, from {@code nats = ½ r²}. */
  private Chance beyond(int field, double nats) {
    double straight = tails.straight(field, Math.max(0, nats));
    return new Chance(erfc(Math.sqrt(straight)), nats);
  }

  /** Complementary error function of {@code x ≥ 0}, relative error below 1.2e-7 (Press et al.). */
  static double erfc(double x) {
    double t = 1 / (1 + 0.5 * x);
    double[] c = {
      -1.26551223,
      1.00002368,
      0.37409196,
      0.09678418,
      -0.18628806,
      0.27886807,
      -1.13520398,
      1.48851587,
      -0.82215223,
      0.17087277
    };
    double sum = 0;
    for (int i = c.length - 1; i >= 0; i--) {
      sum = Math.fma(sum, t, c[i]);
    }
    return t * Exponential.exp(-x * x + sum);
  }
}
