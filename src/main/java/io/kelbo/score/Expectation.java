package io.kelbo.score;

import io.kelbo.encode.Channel;
import io.kelbo.record.Value;
import io.kelbo.vae.Likelihood;
import io.kelbo.vae.Workspace;

/**
 * What is expected of a field, decoded from a refined z, in the field's own unit.
 *
 * @param value the expected value: mean of a quantity or count, likelier side of a flag, likeliest
 *     category
 * @param sd standard deviation; NaN for flags and categories, and fields that were never seen
 * @param low lower end of the 99 % interval; NaN likewise
 * @param high upper end
 */
public record Expectation(Value value, double sd, double low, double high) {
  private static final double Z99 = 2.5758293035489; // standard normal, two-sided 99 %

  /** Reads the scorer's workspace, which must be refined. */
  public static Expectation of(Scorer scorer, int field) {
    if (!scorer.refined()) {
      throw new IllegalStateException("an expectation needs a refined z");
    }
    int c = Explainer.now(scorer, field);
    Channel channel = scorer.encoder().channels().get(c);
    Workspace w = scorer.workspace();
    int at = channel.at();
    return switch (channel.kind()) {
      case NUMBER -> {
        double variance = scorer.network().psi(at) + scorer.network().decodedVariance(w, at);
        double sd = Math.sqrt(variance) * channel.sd();
        double mean = channel.raw(w.eta[at]);
        yield number(channel, mean, sd, mean - Z99 * sd);
      }
      case COUNT -> {
        double rate = Likelihood.rate(w.eta[at]);
        double spread = scorer.network().psi(at) * rate;
        double sd = Math.sqrt(spread + rate * rate * scorer.network().decodedVariance(w, at));
        yield number(channel, rate, sd, Math.max(0, rate - Z99 * sd));
      }
      case FLAG ->
          new Expectation(new Value.Flag(w.eta[at] > 0), Double.NaN, Double.NaN, Double.NaN);
      case CATEGORY -> {
        int best = channel.categories().isEmpty() ? 0 : 1;
        for (int k = 1; k < channel.width(); k++) {
          best = w.eta[at + k] > w.eta[at + best] ? k : best;
        }
        String text = best == 0 ? "" : channel.categories().get(best - 1);
        yield new Expectation(new Value.Text(text), Double.NaN, Double.NaN, Double.NaN);
      }
    };
  }

  private static Expectation number(Channel channel, double mean, double sd, double low) {
    Value value = new Value.Number(Value.finite(mean));
    return channel.known()
        ? new Expectation(value, Value.finite(sd), Value.finite(low), Value.finite(mean + Z99 * sd))
        : new Expectation(value, Double.NaN, Double.NaN, Double.NaN);
  }
}
