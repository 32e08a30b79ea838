package io.kelbo.score;

import io.kelbo.encode.WindowScale;
import io.kelbo.encode.WindowShape;
import io.kelbo.vae.Network;
import io.kelbo.vae.SecondMoments;
import io.kelbo.vae.WindowFactors;
import io.kelbo.vae.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Windows whose numbers follow a few causes, and a joint view that learned them. */
final class Views {
  static final int D = 12;
  static final int CAUSES = 3;
  static final double NOISE = 0.3;

  private final double[][] loadings = new double[D][CAUSES];
  private final Random random;

  Views(long seed) {
    Random made = new Random(77);
    for (double[] row : loadings) {
      Arrays.setAll(row, l -> 0.7 * made.nextGaussian());
    }
    random = new Random(seed);
  }

  /** (D) of the usual kind. */
  double[] next() {
    return next(NOISE);
  }

  double[] next(double noise) {
    double[] z = random.doubles(CAUSES).map(u -> random.nextGaussian()).toArray();
    double[] x = new double[D];
    for (int j = 0; j < D; j++) {
      x[j] = noise * random.nextGaussian();
      for (int l = 0; l < CAUSES; l++) {
        x[j] += loadings[j][l] * z[l];
      }
    }
    return x;
  }

  double gaussian() {
    return random.nextGaussian();
  }

  List<double[]> rows(int count) {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(next());
    }
    return rows;
  }

  /** What a network without hidden units says of a window, in nats. */
  static double exact(Network network, Workspace w, double[] x) {
    Arrays.fill(w.mask, 1);
    System.arraycopy(x, 0, w.input, 0, D);
    network.encode(w);
    network.decode(w);
    double sum = 0;
    for (int j = 0; j < D; j++) {
      double r = w.eta[j] - x[j];
      sum += 0.5 * r * r / network.psi(j);
    }
    for (double z : w.z) {
      sum += 0.5 * z * z;
    }
    return sum;
  }

  /** Learned from so many windows, each said to be of so many measured fields. */
  JointView learned(int count, int fields) {
    List<double[]> rows = rows(count);
    SecondMoments moments = new SecondMoments(D);
    rows.forEach(moments::add);
    Network network = WindowFactors.fit(moments, 0.9, 5);
    Workspace w = new Workspace(network.shape());
    double[] residual = new double[D];
    double[] spread = new double[network.shape().latent()];
    double[] scores = new double[count];
    for (int i = 0; i < count; i++) {
      scores[i] = exact(network, w, rows.get(i));
      for (int j = 0; j < D; j++) {
        double r = w.eta[j] - w.input[j];
        residual[j] += r * r / count;
      }
      for (int l = 0; l < spread.length; l++) {
        spread[l] += w.z[l] * w.z[l] / count;
      }
    }
    Arrays.sort(scores);
    double usual = scores[(int) (0.95 * count)];
    double[] ones = new double[D];
    Arrays.fill(ones, 1);
    return new JointView(
        new WindowShape(List.of(1), D / fields, false, false),
        new WindowScale(new double[D], ones),
        network,
        residual,
        spread,
        usual,
        usual,
        count);
  }
}
