package io.kelbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LikelihoodTest {
  // Central differences of step h err by h²/6 f''' + ε f/h: at most 1e-8 for the values used here.
  private static final double STEP = 1e-5;
  private static final double SECOND_STEP = 1e-3;
  private final Random random = new Random(5);

  private static int width(Likelihood likelihood) {
    return likelihood == Likelihood.CATEGORICAL ? 4 : 1;
  }

  private double target(Likelihood likelihood) {
    return switch (likelihood) {
      case GAUSSIAN, STUDENT_T -> random.nextGaussian();
      case BERNOULLI -> random.nextInt(2);
      case POISSON -> random.nextInt(9);
      case CATEGORICAL -> random.nextInt(4);
    };
  }

  private static double psi(Likelihood likelihood) {
    return switch (likelihood) {
      case GAUSSIAN, STUDENT_T -> 0.3;
      case POISSON -> 1.7;
      default -> 1;
    };
  }

  private double[] eta() {
    return random.doubles(6, -2, 2).toArray();
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveTheGradientOfItsNll(Likelihood likelihood) {
    for (int round = 0; round < 50; round++) {
      double[] eta = eta();
      double[] target = new double[6];
      target[1] = target(likelihood);
      double psi = psi(likelihood);
      int width = width(likelihood);
      double[] gradient = new double[6];

      likelihood.gradient(eta, target, 1, width, psi, gradient);

      for (int i = 1; i <= width; i++) {
        double[] up = eta.clone();
        double[] down = eta.clone();
        up[i] += STEP;
        down[i] -= STEP;
        double slope =
            (likelihood.nll(up, target, 1, width, psi)
                    - likelihood.nll(down, target, 1, width, psi))
                / (2 * STEP);
        assertThat(gradient[i]).isCloseTo(slope, within(1e-7 * (1 + Math.abs(slope))));
      }
      assertThat(gradient[0]).isZero();
      assertThat(gradient[width + 1]).isZero();
    }
  }

  /** Minus log-likelihoods of exponential families bend alike for every target. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STUDENT_T")
  void shouldHaveTheInformationOfItsNll(Likelihood likelihood) {
    for (int round = 0; round < 50; round++) {
      double[] eta = eta();
      double[] target = new double[6];
      target[1] = target(likelihood);
      double psi = psi(likelihood);
      int width = width(likelihood);
      double[] information = new double[6];

      likelihood.information(eta, 1, width, psi, information);

      for (int i = 1; i <= width; i++) {
        double[] up = eta.clone();
        double[] down = eta.clone();
        up[i] += SECOND_STEP;
        down[i] -= SECOND_STEP;
        double bend =
            (likelihood.nll(up, target, 1, width, psi)
                    - 2 * likelihood.nll(eta, target, 1, width, psi)
                    + likelihood.nll(down, target, 1, width, psi))
                / (SECOND_STEP * SECOND_STEP);
        assertThat(information[i]).isCloseTo(bend, within(1e-6 * (1 + bend)));
      }
    }
  }

  /** ∫ f'(r)² p(r) dr by the rectangle rule; beyond ±400 scales less than 1e-8 of it is left. */
  @Test
  void shouldHaveTheExpectedInformationOfAStudentT() {
    double psi = 0.3;
    double step = 0.01 * Math.sqrt(psi);
    double sum = 0;
    double[] slope = new double[1];
    for (int i = -40_000; i <= 40_000; i++) {
      double[] eta = {i * step};
      Likelihood.STUDENT_T.gradient(eta, new double[1], 0, 1, psi, slope);
      double density = Math.exp(-Likelihood.STUDENT_T.nll(eta, new double[1], 0, 1, psi));
      sum += slope[0] * slope[0] * density * step;
    }
    double[] information = new double[1];

    Likelihood.STUDENT_T.information(new double[1], 0, 1, psi, information);

    assertThat(information[0]).isCloseTo(sum, within(1e-6 * sum));
  }

  @ParameterizedTest
  @EnumSource(names = {"GAUSSIAN", "STUDENT_T"})
  void shouldHaveTheGradientOfItsNllInTheLogOfTheScale(Likelihood likelihood) {
    for (int round = 0; round < 50; round++) {
      double[] eta = eta();
      double[] target = {random.nextGaussian()};
      double logSd = 0.5 * random.nextGaussian();

      double gradient = likelihood.logSdGradient(eta, target, 0, Math.exp(2 * logSd));

      double up = likelihood.nll(eta, target, 0, 1, Math.exp(2 * (logSd + STEP)));
      double down = likelihood.nll(eta, target, 0, 1, Math.exp(2 * (logSd - STEP)));
      double slope = (up - down) / (2 * STEP);
      assertThat(gradient).isCloseTo(slope, within(1e-7 * (1 + Math.abs(slope))));
    }
  }

  @Test
  void shouldBoundThePullOfAnOutlierAndScoreItQuadratically() {
    double[] pull = new double[1];
    double strongest = 0;
    for (double r = 0; r < 1000; r += 0.01) {
      Likelihood.STUDENT_T.gradient(new double[] {r}, new double[1], 0, 1, 1, pull);
      strongest = Math.max(strongest, pull[0]);
    }

    double far = Likelihood.STUDENT_T.deviance(new double[] {100}, new double[1], 0, 1, 1);

    assertThat(strongest).isCloseTo(1.25, within(1e-4)); // (ν+1) / 2√ν, at r = √ν
    assertThat(far).isEqualTo(5000);
  }

  @ParameterizedTest
  @EnumSource
  void shouldNeverHaveNegativeDeviance(Likelihood likelihood) {
    for (int round = 0; round < 200; round++) {
      double[] target = {0, target(likelihood), 0, 0, 0, 0};

      double deviance = likelihood.deviance(eta(), target, 1, width(likelihood), psi(likelihood));

      assertThat(deviance).isNotNegative();
    }
  }

  @Test
  void shouldHaveNoDevianceAtAPerfectFit() {
    double[] eta = {Math.log(7), 2.5};

    assertThat(Likelihood.POISSON.deviance(eta, new double[] {7}, 0, 1, 1))
        .isCloseTo(0, within(1e-12));
    assertThat(Likelihood.GAUSSIAN.deviance(eta, new double[] {0, 2.5}, 1, 1, 0.01)).isZero();
    assertThat(Likelihood.BERNOULLI.deviance(new double[] {40}, new double[] {1}, 0, 1, 1))
        .isCloseTo(0, within(1e-12));
  }

  @Test
  void shouldSumToOneOverAllCounts() {
    double total = 0;
    for (int x = 0; x < 60; x++) {
      total +=
          Math.exp(
              -Likelihood.POISSON.nll(new double[] {Math.log(9.5)}, new double[] {x}, 0, 1, 1));
    }

    assertThat(total).isCloseTo(1, within(1e-9));
  }

  @Test
  void shouldIntegrateToOneOverAllQuantities() {
    double total = 0;
    for (int i = -100_000; i <= 100_000; i++) {
      total +=
          0.01
              * Math.exp(
                  -Likelihood.STUDENT_T.nll(new double[] {0.01 * i}, new double[1], 0, 1, 1.7));
    }

    assertThat(total).isCloseTo(1, within(1e-9)); // beyond ±1000 lie 2e-11
  }

  @Test
  void shouldSumToOneOverAllClassesAndBothSidesOfAFlag() {
    double[] eta = {0.3, -1.2, 2.2, 0.1};
    double classes = 0;
    for (int c = 0; c < 4; c++) {
      classes += Math.exp(-Likelihood.CATEGORICAL.nll(eta, new double[] {c}, 0, 4, 1));
    }
    double sides = 0;
    for (int x = 0; x < 2; x++) {
      sides += Math.exp(-Likelihood.BERNOULLI.nll(eta, new double[] {x}, 0, 1, 1));
    }

    assertThat(classes).isCloseTo(1, within(1e-12));
    assertThat(sides).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource
  void shouldStayFiniteAtAbsurdParameters(Likelihood likelihood) {
    for (double size : new double[] {-1e6, -800, 800, 1e6}) {
      double[] eta = {size, -size, size / 2, 0};
      double[] target = {likelihood == Likelihood.POISSON ? 1e9 : 1, 0, 0, 0};
      double[] out = new double[4];
      int width = width(likelihood);

      assertThat(likelihood.nll(eta, target, 0, width, 1)).isFinite();
      assertThat(likelihood.logLoss(eta, target, 0, width, 1)).isFinite();
      assertThat(likelihood.logLoss(eta, target, 0, width, 1e12)).isFinite();
      assertThat(likelihood.deviance(eta, target, 0, width, 1)).isFinite().isNotNegative();
      likelihood.gradient(eta, target, 0, width, 1, out);
      assertThat(out).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
      likelihood.information(eta, 0, width, 1, out);
      assertThat(out[0]).isFinite().isPositive();
    }
  }

  @Test
  void shouldFollowCountsUpToThoseThatTheEncoderLetsThrough() {
    double[] target = {1e9};

    double right = Likelihood.POISSON.deviance(new double[] {Math.log(1e9)}, target, 0, 1, 1);
    double half = Likelihood.POISSON.deviance(new double[] {Math.log(5e8)}, target, 0, 1, 1);

    assertThat(right).isCloseTo(0, within(1e-3));
    assertThat(half).isGreaterThan(1e8);
  }
}
