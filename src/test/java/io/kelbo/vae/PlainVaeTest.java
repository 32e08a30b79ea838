package io.kelbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rival must be a fair one: it learns what there is to learn. */
class PlainVaeTest {
  private static final int D = 6;
  private static final List<Head> HEADS =
      IntStream.range(0, D).mapToObj(j -> new Head(Likelihood.GAUSSIAN, j, 1)).toList();

  @Test
  void shouldLearnACurveBetterThanALineDoes() {
    Rows rows = curve(2000, 3);
    Rows unseen = curve(500, 4);
    LinearStart.Fitted line = LinearStart.fit(HEADS, rows, 2, new boolean[D]);

    PlainVae plain = PlainVae.train(line.network(), rows, line.weights(), 32, 60, 1);

    Workspace w = new Workspace(plain.shape());
    Workspace straight = new Workspace(line.network().shape());
    double bent = 0;
    double linear = 0;
    for (int r = 0; r < unseen.size(); r++) {
      unseen.load(r, w);
      plain.encode(w);
      plain.decode(w);
      unseen.load(r, straight);
      line.network().encode(straight);
      line.network().decode(straight);
      for (int i = 0; i < D; i++) {
        bent += Math.pow(w.eta[i] - w.target[i], 2);
        linear += Math.pow(straight.eta[i] - straight.target[i], 2);
      }
    }
    assertThat(bent).isLessThan(0.8 * linear);
  }

  @Test
  void shouldHaveTheGradientOfItsLoss() {
    Rows rows = curve(20, 3);
    LinearStart.Fitted line = LinearStart.fit(HEADS, rows, 2, new boolean[D]);
    PlainVae plain = PlainVae.train(line.network(), rows, line.weights(), 5, 1, 1);
    LatentPrice price = new LatentPrice(Penalty.of(0.8), 2);
    Workspace w = new Workspace(plain.shape());
    rows.load(0, w);
    w.mask[2] = 0;
    double[] p = plain.parameters();
    double[] gradient = new double[p.length];
    plain.accumulate(w, price, new Random(9), 1, gradient);

    int linear = plain.shape().encodeBias();
    for (int i = linear; i < p.length; i++) {
      double at = p[i];
      p[i] = at + 1e-6;
      double up = plain.accumulate(w, price, new Random(9), 1, new double[p.length]);
      p[i] = at - 1e-6;
      double down = plain.accumulate(w, price, new Random(9), 1, new double[p.length]);
      p[i] = at;
      assertThat(gradient[i]).as("parameter %d", i).isCloseTo((up - down) / 2e-6, within(1e-5));
    }
  }

  @Test
  void shouldLearnTheSameFromTheSameSeed() {
    Rows rows = curve(200, 3);
    LinearStart.Fitted line = LinearStart.fit(HEADS, rows, 2, new boolean[D]);

    assertThat(placed(line, rows, 5)).isEqualTo(placed(line, rows, 5));
    assertThat(placed(line, rows, 5)).isNotEqualTo(placed(line, rows, 6));
  }

  private static double[] placed(LinearStart.Fitted line, Rows rows, long seed) {
    PlainVae plain = PlainVae.train(line.network(), rows, line.weights(), 8, 3, seed);
    Workspace w = new Workspace(plain.shape());
    rows.load(0, w);
    plain.encode(w);
    return w.z.clone();
  }

  private static Rows curve(int n, long seed) {
    Random random = new Random(seed);
    Workspace w = new Workspace(new Shape(HEADS, 1, 0));
    Rows rows = new Rows();
    for (int r = 0; r < n; r++) {
      double t = random.nextGaussian();
      double[] x = {t, t * t - 1, Math.sin(2 * t), Math.abs(t) - 0.8, -t, Math.cos(2 * t)};
      for (int i = 0; i < D; i++) {
        w.input[i] = x[i] + 0.1 * random.nextGaussian();
        w.target[i] = w.input[i];
      }
      Arrays.fill(w.mask, 1);
      rows.add(w);
    }
    return rows;
  }
}
