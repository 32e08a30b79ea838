package io.kelbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.kernel.Kernels;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The linear path is factor analysis exactly, whichever way it is asked. */
class LinearStartTest {
  private static final int D = 7;
  private static final int L = 3;
  private static final double[][] W = Made.loadings(D, L, 2);

  private final Random random = new Random(23);
  private final List<double[]> data = Made.linear(W, 0.5, 300, 4);
  private final Network network = Made.factorAnalysis(Made.rows(data, 0, 1), D, L).network();
  private final Gaussian truth = Gaussian.of(network);

  /** A record that is likely, or one far out. */
  private double[] record(int round) {
    double[] x = data.get(round).clone();
    x[round % D] += round % 3 == 0 ? 25 : 0;
    return x;
  }

  private boolean[] anyMask() {
    boolean[] observed = new boolean[D];
    for (int j = 0; j < D; j++) {
      observed[j] = random.nextInt(3) > 0;
    }
    observed[random.nextInt(D)] = true;
    return observed;
  }

  @Test
  void shouldHaveABoundThatEqualsTheMarginalLikelihood() {
    double[] p = network.parameters();
    Workspace w = new Workspace(network.shape());
    for (int round = 0; round < 20; round++) {
      double[] x = record(round);
      Made.load(x, Made.all(D), w);

      assertThat(-expectedLoss(p, w))
          .isCloseTo(truth.logDensity(x, Made.all(D)), within(1e-9 * (1 + expectedLoss(p, w))));
    }
  }

  /**
   * The loss is quadratic in the noise, so its mean is exact over the points ±√L along each axis.
   */
  private double expectedLoss(double[] p, Workspace w) {
    double sum = 0;
    for (int l = 0; l < L; l++) {
      for (double sign : new double[] {-1, 1}) {
        double[] noise = new double[L];
        noise[l] = sign * Math.sqrt(L);
        sum +=
            Elbo.accumulate(
                Kernels.best(),
                network.shape(),
                p,
                w,
                w.mask.clone(),
                noise,
                new LatentPrice(Penalty.BOUND, L),
                1,
                new double[p.length],
                new Outers(network.shape(), 1));
      }
    }
    return sum / (2 * L);
  }

  @Test
  void shouldHaveASurprisalThatIsHalfTheMahalanobisLength() {
    Workspace w = new Workspace(network.shape());
    for (int round = 0; round < 40; round++) {
      double[] x = record(round);
      Made.load(x, Made.all(D), w);

      network.encode(w);
      network.decode(w);

      double wanted = truth.surprisal(x, Made.all(D));
      assertThat(surprisal(w)).isCloseTo(wanted, within(1e-9 * (1 + wanted)));
    }
  }

  @Test
  void shouldHaveAnExactPosteriorAfterOneStepUnderAnyMask() {
    Workspace w = new Workspace(network.shape());
    for (int round = 0; round < 40; round++) {
      double[] x = record(round);
      boolean[] observed = anyMask();
      Made.load(x, observed, w);

      network.encode(w);
      network.refine(w, 1);

      double wanted = truth.surprisal(x, observed);
      assertThat(surprisal(w)).isCloseTo(wanted, within(1e-9 * (1 + wanted)));
      double[] once = w.z.clone();
      network.refine(w, 1);
      for (int l = 0; l < L; l++) {
        assertThat(w.z[l]).isCloseTo(once[l], within(1e-9 * (1 + Math.abs(once[l]))));
      }
    }
  }

  @Test
  void shouldDecodeHiddenCellsToTheirConditionalMeanAndVariance() {
    Workspace w = new Workspace(network.shape());
    for (int round = 0; round < 40; round++) {
      double[] x = record(round);
      boolean[] observed = anyMask();
      Made.load(x, observed, w);

      network.encode(w);
      network.refine(w, 1);

      for (int j = 0; j < D; j++) {
        if (!observed[j]) {
          double[] wanted = truth.conditional(j, x, observed);
          assertThat(w.eta[j]).isCloseTo(wanted[0], within(1e-9 * (1 + Math.abs(wanted[0]))));
          assertThat(network.psi(j) + network.decodedVariance(w, j))
              .isCloseTo(wanted[1], within(1e-9));
        }
      }
    }
  }

  @Test
  void shouldKeepHeadsThatAreNotGaussianApart() {
    Shape mixed = new Shape(Made.mixed(), 1, 0);
    Workspace w = new Workspace(mixed);
    Rows rows = new Rows();
    for (int r = 0; r < 200; r++) {
      java.util.Arrays.fill(w.mask, 1);
      for (int i = 0; i < 9; i++) {
        w.input[i] = random.nextGaussian();
        w.target[i] = w.input[i];
      }
      w.target[1] = r % 2;
      w.target[2] = r % 5;
      w.target[3] = r % 4;
      w.target[8] = 0;
      rows.add(w);
    }

    Network learned = LinearStart.fit(Made.mixed(), rows, 4, new boolean[9]).network();
    Workspace two = new Workspace(learned.shape());
    rows.load(0, two);
    learned.encode(two);
    double[] before = two.z.clone();
    two.input[1] = 77;
    two.input[2] = -77;
    learned.encode(two);

    assertThat(learned.shape().latent()).isEqualTo(2); // no more than there are Gaussian heads
    assertThat(two.z).containsExactly(before);
  }

  @Test
  void shouldLearnFromCategoriesAlone() {
    Head only = new Head(Likelihood.CATEGORICAL, 0, 3);
    Workspace w = new Workspace(new Shape(List.of(only), 1, 0));
    Rows rows = new Rows();
    for (int r = 0; r < 100; r++) {
      w.mask[0] = 1;
      w.target[0] = 1 + r % 2;
      rows.add(w);
    }

    Network learned = LinearStart.fit(List.of(only), rows, 2, new boolean[3]).network();
    learned.encode(w);
    learned.refine(w, 1);

    assertThat(w.z).containsOnly(0.0);
    assertThat(learned.deviance(w, 0)).isCloseTo(Math.log(2), within(0.02));
  }

  private double surprisal(Workspace w) {
    double sum = 0;
    for (int k = 0; k < D; k++) {
      sum += w.mask[k] == 0 ? 0 : network.deviance(w, k);
    }
    for (double z : w.z) {
      sum += 0.5 * z * z;
    }
    return sum;
  }
}
