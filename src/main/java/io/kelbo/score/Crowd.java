package io.kelbo.score;

import io.kelbo.encode.Channel;
import io.kelbo.encode.Encoder;
import io.kelbo.vae.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows that a row without order stands among: each channel's own distribution, and exemplars.
 * Immutable; learned from rows that may hold anomalies, without labels.
 */
public final class Crowd {
  // Mean PR-AUC over five draws .422, .425 and .428 with 512, 1,000 and 2,000, its sd .0045, .0056
  // and .0012 (squash 2, prototype).
  private static final int MOST = 2000;
  private static final int MOST_NUMBERS = 70_000; // of all exemplars: 280 kB of a snapshot
  private static final int MOST_VALUES = 20_000; // of all margins: 160 kB
  private static final int LEAST = 16; // of either, however many columns there are
  private static final double LONELY = 0.1;
  private static final double NEIGHBOURS = 0.02;
  // Deviations beyond this grow by their logarithm: one far field must not decide which rows are
  // near. At 1.5, 2 and 3 the mean PR-AUC was .419, .417 and .411.
  private static final double SQUASH = 1.5;
  private static final double LEAST_FLAG_SD = 0.05;

  private final List<Margin> margins;
  private final Exemplars exemplars;
  private final Pool pool;

  /**
   * @param margins one a channel
   * @param exemplars of as many dimensions as the network has inputs
   */
  public Crowd(List<Margin> margins, Exemplars exemplars, Pool pool) {
    this.margins = List.copyOf(margins);
    this.exemplars = exemplars;
    this.pool = pool;
  }

  /** Learns from these rows; the pool is not learned here but from held-out rows. */
  public static Crowd learn(Encoder encoder, Rows rows, Pool pool, long seed) {
    List<Margin> margins = new ArrayList<>();
    int channels = encoder.channels().size();
    int values = Math.max(LEAST, MOST_VALUES / channels);
    for (int c = 0; c < channels; c++) {
      margins.add(margin(encoder.channels().get(c), c, rows, values));
    }
    double[][] points = new double[rows.size()][encoder.inputs()];
    for (int r = 0; r < points.length; r++) {
      place(encoder, rows.input(r), points[r]);
    }
    int most = Math.max(LEAST, Math.min(MOST, MOST_NUMBERS / encoder.inputs()));
    return new Crowd(margins, Exemplars.draw(points, most, LONELY, NEIGHBOURS, seed), pool);
  }

  private static Margin margin(Channel channel, int head, Rows rows, int most) {
    boolean classes =
        channel.kind() == Channel.Kind.CATEGORY || channel.kind() == Channel.Kind.FLAG;
    double[] seen = new double[channel.kind() == Channel.Kind.FLAG ? 2 : channel.width()];
    double[] values = new double[rows.size()];
    int n = 0;
    for (int r = 0; r < rows.size(); r++) {
      if (rows.mask(r)[head] == 0) {
        continue;
      }
      if (classes) {
        seen[(int) rows.target(r)[channel.at()]]++;
      }
      values[n++] = rows.input(r)[channel.at()];
    }
    if (classes) {
      return Shares.learn(seen);
    }
    double[] known = n == 0 ? new double[1] : Arrays.copyOf(values, n);
    Arrays.sort(known);
    return Spread.learn(known, most);
  }

  /**
   * Writes where a row stands, (inputs), from what the network reads; missing numbers stand at 0.
   */
  static void place(Encoder encoder, double[] input, double[] point) {
    for (Channel channel : encoder.channels()) {
      int at = channel.at();
      for (int i = at; i < at + channel.width(); i++) {
        // Rows of two classes lie as far apart as two standard normal numbers on average: 2.
        point[i] = channel.kind() == Channel.Kind.CATEGORY ? input[i] : squash(input[i], SQUASH);
      }
      if (channel.kind() == Channel.Kind.FLAG) {
        double sd = Math.sqrt(Math.max(0, channel.mean() * (1 - channel.mean())));
        point[at] = squash(input[at] / Math.max(sd, LEAST_FLAG_SD), SQUASH);
      }
    }
  }

  /** Beyond the limit, the limit and the logarithm of what is more. */
  static double squash(double v, double limit) {
    double size = Math.abs(v);
    return size <= limit ? v : Math.signum(v) * (limit + StrictMath.log1p(size - limit));
  }

  /** The same crowd, pooled otherwise. */
  public Crowd pooled(Pool other) {
    return new Crowd(margins, exemplars, other);
  }

  /** Which neighbour's distance counts. */
  int rank() {
    return exemplars.rank(NEIGHBOURS);
  }

  /** One a channel. */
  public List<Margin> margins() {
    return margins;
  }

  public Exemplars exemplars() {
    return exemplars;
  }

  public Pool pool() {
    return pool;
  }

  /** Whether it fits the network's heads and inputs. */
  public boolean fits(Encoder encoder) {
    return margins.size() == encoder.channels().size()
        && exemplars.dimensions() == encoder.inputs();
  }
}
