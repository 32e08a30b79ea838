package io.kelbo.vae;

import static io.kelbo.Golden.assertGolden;

import io.kelbo.Golden;
import io.kelbo.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same numbers as numpy: {@code golden/golden.py} made them, and says how. */
class GoldenNumbersTest {
  // Sums of a few dozen terms of size 1: 1e-12 is some thousand times their rounding.
  private static final double ROUNDING = 1e-12;

  @ParameterizedTest
  @CsvSource({"'', 1", "deep_, 3"})
  void shouldEncodeAndDecodeAsNumpyDoes(String name, int layers) {
    Shape shape = new Shape(Made.gaussians(5), 2, 3, layers);
    Network network = new Network(shape, Golden.wave(shape.parameters(), 0.6, 0.7));
    Workspace w = new Workspace(shape);
    for (int row = 0; row < 3; row++) {
      System.arraycopy(Golden.wave(5, 1.5, 0.9 + row), 0, w.input, 0, 5);
      Arrays.fill(w.mask, 1);
      w.mask[row] = 0;

      network.encode(w);
      network.decode(w);

      assertGolden(name + "mean" + row, w.z, ROUNDING);
      assertGolden(name + "logvar" + row, w.logVar, ROUNDING);
      assertGolden(name + "eta" + row, w.eta, ROUNDING);
    }
  }

  @ParameterizedTest
  @CsvSource({"complete,false", "holed,true"})
  void shouldAnalyseFactorsAsNumpyDoes(String name, boolean holes) {
    Rows rows = new Rows();
    Workspace w = new Workspace(new Shape(Made.gaussians(4), 1, 0));
    for (int r = 0; r < 40; r++) {
      for (int j = 0; j < 4; j++) {
        w.mask[j] = holes && (3 * r + j) % 7 == 0 ? 0 : 1;
        w.input[j] = Math.sin(0.7 * r + j) + 0.5 * Math.cos(1.9 * r * (j + 1)) + 0.1 * j;
      }
      rows.add(w);
    }
    int[] places = IntStream.range(0, 4).toArray();
    double[] weights = new double[40];
    Arrays.fill(weights, 1);

    FactorAnalysis fa =
        FactorAnalysis.fit(new Moments(rows, places, places, weights), 2, 0.01, new boolean[4], 15);

    double[] covariance = new double[16]; // W alone is known up to a rotation
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        covariance[i * 4 + j] = i == j ? fa.psi[i] : 0;
        for (int l = 0; l < 2; l++) {
          covariance[i * 4 + j] += fa.loadings[i * 2 + l] * fa.loadings[j * 2 + l];
        }
      }
    }
    // Fifteen steps of EM carry rounding on; both sides sum 40 rows in a different order.
    assertGolden(name + "_covariance", covariance, 1e-9);
    assertGolden(name + "_mean", fa.bias, 1e-9);
    assertGolden(name + "_psi", fa.psi, 1e-9);
  }

  private static double nll(Likelihood likelihood, double eta, double x, double psi) {
    return likelihood.nll(new double[] {eta}, new double[] {x}, 0, 1, psi);
  }

  private static double[] counts(double[] dispersions, boolean normalised) {
    return Arrays.stream(new double[] {0, 3, 40})
        .flatMap(
            x ->
                Arrays.stream(dispersions)
                    .map(
                        psi ->
                            normalised
                                ? Likelihood.POISSON.logLoss(
                                    new double[] {1.2}, new double[] {x}, 0, 1, psi)
                                : nll(Likelihood.POISSON, 1.2, x, psi)))
        .toArray();
  }

  @Test
  void shouldKnowHowLikelyEachKindOfFieldIsAsNumpyDoes() {
    double[] logits = {0.3, -1.2, 2.2, 0.1};
    double[] classes = new double[4];
    Arrays.setAll(
        classes, c -> Likelihood.CATEGORICAL.nll(logits, new double[] {c, 0, 0, 0}, 0, 4, 1));

    assertGolden("gaussian", one(nll(Likelihood.GAUSSIAN, 0.3, -1.1, 0.4)), ROUNDING);
    assertGolden(
        "student_t",
        one(nll(Likelihood.STUDENT_T, 0.3, -1.1, 0.4), nll(Likelihood.STUDENT_T, 0.3, 25, 0.4)),
        ROUNDING);
    assertGolden(
        "bernoulli",
        one(
            nll(Likelihood.BERNOULLI, 0.7, 1, 1),
            nll(Likelihood.BERNOULLI, 0.7, 0, 1),
            nll(Likelihood.BERNOULLI, -3.2, 1, 1)),
        ROUNDING);
    // Stirling's series from 8 up is off by 6e-12.
    assertGolden("poisson", counts(new double[] {1, 2.5}, false), 1e-11);
    assertGolden("counted", counts(new double[] {1.7, 9}, true), 1e-11);
    assertGolden("categorical", classes, ROUNDING);
  }

  private static double[] one(double... numbers) {
    return numbers;
  }

  /** Flag missing, second quantity hidden from the encoder but scored. */
  @ParameterizedTest
  @CsvSource({"gaussian,GAUSSIAN", "student_t,STUDENT_T"})
  void shouldHaveTheBoundAndTheGradientOfMixedFieldsThatNumpyHas(String name, Likelihood quantity) {
    Shape shape =
        new Shape(
            List.of(
                new Head(quantity, 0, 1),
                new Head(Likelihood.BERNOULLI, 1, 1),
                new Head(Likelihood.POISSON, 2, 1),
                new Head(Likelihood.CATEGORICAL, 3, 4),
                new Head(quantity, 7, 1)),
            2,
            3);
    double[] p = Golden.wave(shape.parameters(), 0.4, 0.7);
    Workspace w = new Workspace(shape);
    System.arraycopy(Golden.wave(8, 0.8, 0.6), 0, w.input, 0, 8);
    System.arraycopy(new double[] {w.input[0], 1, 3, 2, 0, 0, 0, w.input[7]}, 0, w.target, 0, 8);
    System.arraycopy(new double[] {1, 0, 1, 1, 1}, 0, w.mask, 0, 5);
    double[] gradient = new double[p.length];
    Outers outers = new Outers(shape, 1);

    double loss =
        Elbo.accumulate(
            Kernels.best(),
            shape,
            p,
            w,
            new double[] {1, 0, 1, 1, 0},
            new double[] {0.4, -1.3},
            new LatentPrice(Penalty.BOUND, 2),
            1,
            gradient,
            outers);
    outers.into(gradient, Kernels.best());

    assertGolden(name + "_elbo", one(loss), 1e-11);
    assertGolden(name + "_gradient", gradient, ROUNDING);
  }
}
