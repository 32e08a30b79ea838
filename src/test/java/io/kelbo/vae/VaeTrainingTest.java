package io.kelbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaeTrainingTest {
  static final int D = 6;

  /** Rows on a curve: every second field is the square or the sine of what drives the others. */
  static List<double[]> curved(int rows, long seed) {
    Random random = new Random(seed);
    List<double[]> all = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      double t = random.nextGaussian();
      double u = random.nextGaussian();
      double[] x = {t, t * t - 1, u, Math.sin(2 * u) * 1.4, t * u, t - u};
      for (int j = 0; j < D; j++) {
        x[j] += 0.15 * random.nextGaussian();
      }
      all.add(x);
    }
    return all;
  }

  static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Network trained(Rows rows, int epochs, long seed) {
    Network start = Made.factorAnalysis(rows, D, 3).network();
    return VaeTraining.train(start, rows, ones(rows.size()), new boolean[D], epochs, seed);
  }

  /** Mean over rows of the loss of one hidden cell, with its whole variance. */
  static double hidden(Network network, List<double[]> data) {
    Workspace w = new Workspace(network.shape());
    double sum = 0;
    for (int r = 0; r < data.size(); r++) {
      int j = r % D;
      boolean[] observed = Made.all(D);
      observed[j] = false;
      Made.load(data.get(r), observed, w);
      network.encode(w);
      network.refine(w, 3);
      double variance = network.psi(j) + network.decodedVariance(w, j);
      double off = w.eta[j] - data.get(r)[j];
      sum += 0.5 * Math.log(2 * Math.PI * variance) + 0.5 * off * off / variance;
    }
    return sum / data.size();
  }

  @Test
  void shouldPredictHiddenCellsOfACurveBetterThanFactorAnalysis() {
    Rows rows = Made.rows(curved(3000, 1), 0, 1);
    List<double[]> fresh = curved(1500, 2);

    double linear = hidden(Made.factorAnalysis(rows, D, 3).network(), fresh);
    double nonlinear = hidden(trained(rows, 30, 1), fresh);

    assertThat(nonlinear).isLessThan(linear - 0.05);
  }

  /** One cell in twenty is torn out by thirty deviations; the others say whose fit they bent. */
  @Test
  void shouldLearnTheCurveBetterWithStudentsTWhereCellsAreTornOut() {
    List<double[]> torn = curved(2000, 1);
    Random random = new Random(9);
    for (double[] x : torn) {
      x[random.nextInt(D)] += random.nextInt(20) < 6 ? 30 * random.nextGaussian() : 0;
    }
    Rows rows = Made.rows(torn, 0, 1);
    Network start = Made.factorAnalysis(rows, D, 3).network();
    List<double[]> fresh = curved(1500, 2);

    Network gaussian = VaeTraining.train(start, rows, ones(2000), new boolean[D], 15, 1);
    Network student =
        VaeTraining.train(
            start, rows, ones(2000), new boolean[D], 15, 1, Likelihood.STUDENT_T, 1, false);

    assertThat(hidden(student, fresh)).isLessThan(hidden(gaussian, fresh) - 0.2);
    assertThat(student.shape()).isEqualTo(gaussian.shape());
  }

  @Test
  void shouldScoreTheBulkAlikeWhereNothingIsTornOut() {
    Rows rows = Made.rows(curved(2000, 1), 0, 1);
    Network start = Made.factorAnalysis(rows, D, 3).network();

    Network gaussian = VaeTraining.train(start, rows, ones(2000), new boolean[D], 15, 1);
    Network student =
        VaeTraining.train(
            start, rows, ones(2000), new boolean[D], 15, 1, Likelihood.STUDENT_T, 1, false);

    List<double[]> fresh = curved(1500, 2);
    assertThat(hidden(student, fresh)).isLessThan(hidden(gaussian, fresh) + 0.1);
  }

  @Test
  void shouldStartExactlyAtFactorAnalysis() {
    Rows rows = Made.rows(curved(200, 1), 0, 1);
    Network start = Made.factorAnalysis(rows, D, 3).network();

    Network grown = VaeTraining.train(start, rows, ones(200), new boolean[D], 0, 1);

    Workspace w = new Workspace(start.shape());
    Workspace v = new Workspace(grown.shape());
    rows.load(7, w);
    rows.load(7, v);
    start.encode(w);
    start.decode(w);
    grown.encode(v);
    grown.decode(v);
    assertThat(grown.shape().hidden()).isPositive();
    assertThat(v.eta).containsExactly(w.eta);
    assertThat(v.logVar).containsExactly(w.logVar);
  }

  @Test
  void shouldGiveTheSameBitsForTheSameSeedAndOthersForAnother() {
    Rows rows = Made.rows(curved(300, 1), 0.1, 1);

    double[] once = trained(rows, 2, 5).parameters();

    assertThat(trained(rows, 2, 5).parameters()).containsExactly(once);
    assertThat(trained(rows, 2, 6).parameters()).isNotEqualTo(once);
  }

  @Test
  void shouldGiveTheSameBitsOnAnyNumberOfThreads() {
    Rows rows = Made.rows(curved(500, 1), 0.1, 1);
    Network start = Made.factorAnalysis(rows, D, 3).network();

    double[] one =
        VaeTraining.train(
                start, rows, ones(500), new boolean[D], 2, 5, Likelihood.GAUSSIAN, 1, false)
            .parameters();
    double[] several =
        VaeTraining.train(
                start, rows, ones(500), new boolean[D], 2, 5, Likelihood.GAUSSIAN, 1, true)
            .parameters();

    assertThat(several).containsExactly(one);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e200})
  void shouldRefuseToDivergeAndSayInWhichEpoch(double absurd) {
    List<double[]> data = curved(300, 1);
    Network start = Made.factorAnalysis(Made.rows(data, 0, 1), D, 3).network();
    data.get(100)[2] = absurd;
    Rows rows = Made.rows(data, 0, 1);

    assertThatThrownBy(() -> VaeTraining.train(start, rows, ones(300), new boolean[D], 2, 1))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("diverged in epoch 1");
  }

  @Test
  void shouldKeepVariancesAboveTheFloorAndFixedOnesWhereTheyWere() {
    List<double[]> data = curved(400, 1);
    data.forEach(x -> x[1] = x[0]); // no noise at all between these
    data.forEach(x -> x[4] = 0);
    boolean[] fixed = {false, false, false, false, true, false};
    Rows rows = Made.rows(data, 0, 1);
    Network start = LinearStart.fit(Made.gaussians(D), rows, 3, fixed).network();

    Network network = VaeTraining.train(start, rows, ones(400), fixed, 5, 1);

    for (int j = 0; j < D; j++) {
      assertThat(network.psi(j)).isGreaterThanOrEqualTo(0.01 - 1e-12);
    }
    assertThat(network.psi(4)).isEqualTo(1);
  }

  @Test
  void shouldStayFiniteOnMixedHeadsWhateverComes() {
    Random random = new Random(3);
    Workspace w = new Workspace(new Shape(Made.mixed(), 1, 0));
    Rows rows = new Rows();
    for (int r = 0; r < 400; r++) {
      mixed(w, random, r % 40 == 0 ? 400 : 1);
      rows.add(w);
    }
    Network start = LinearStart.fit(Made.mixed(), rows, 2, new boolean[9]).network();
    Network network = VaeTraining.train(start, rows, ones(400), new boolean[9], 10, 1);
    Workspace v = new Workspace(network.shape());

    for (int r = 0; r < 500; r++) {
      mixed(v, random, Math.pow(10, r % 4));
      network.encode(v);
      network.refine(v, 3);
      for (int k = 0; k < 6; k++) {
        assertThat(network.deviance(v, k)).isFinite().isNotNegative();
      }
      for (int i = 0; i < 9; i++) {
        assertThat(network.decodedVariance(v, i)).isFinite().isNotNegative();
      }
    }
  }

  private static void mixed(Workspace w, Random random, double size) {
    Arrays.setAll(w.input, i -> Math.min(720, size) * random.nextGaussian());
    w.target[0] = w.input[0];
    w.target[1] = random.nextInt(2);
    w.target[2] = Math.rint(Math.min(1e9, Math.abs(size * size * size * random.nextGaussian())));
    w.target[3] = random.nextInt(4);
    w.target[7] = w.input[7];
    w.target[8] = 0;
    Arrays.setAll(w.mask, k -> random.nextInt(5) == 0 ? 0 : 1);
  }
}
