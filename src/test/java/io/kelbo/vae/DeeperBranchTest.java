package io.kelbo.vae;

import static io.kelbo.vae.VaeTrainingTest.D;
import static io.kelbo.vae.VaeTrainingTest.curved;
import static io.kelbo.vae.VaeTrainingTest.hidden;
import static io.kelbo.vae.VaeTrainingTest.ones;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeeperBranchTest {
  private static final double STEP = 1e-5;

  @Test
  void shouldPredictHiddenCellsOfACurveBetterStillWithADeeperBranch() {
    Rows rows = Made.rows(curved(3000, 1), 0, 1);
    List<double[]> fresh = curved(1500, 2);

    double shallow = hidden(deep(rows, 30, 1, false), fresh);
    double deep = hidden(deep(rows, 30, 3, false), fresh);

    assertThat(deep).isLessThan(shallow);
  }

  @Test
  void shouldStartADeeperBranchAsTheOneWithoutItsLayers() {
    Rows rows = Made.rows(curved(200, 1), 0, 1);

    Network shallow = deep(rows, 0, 1, false);
    Network deep = deep(rows, 0, 4, false);

    assertThat(deep.shape().layers()).isEqualTo(4);
    double[] same = shallow.parameters();
    assertThat(Arrays.copyOf(deep.parameters(), same.length)).containsExactly(same);
    assertThat(Arrays.stream(deep.parameters()).skip(same.length)).containsOnly(0.0);
  }

  @Test
  void shouldGiveTheSameBitsOfADeeperBranchOnAnyNumberOfThreads() {
    Rows rows = Made.rows(curved(500, 1), 0.1, 1);

    assertThat(deep(rows, 2, 3, true).parameters())
        .containsExactly(deep(rows, 2, 3, false).parameters());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void shouldKnowHowEachLatentMovesEachOutput(int layers) {
    Shape shape = new Shape(Made.mixed(), 3, 7, layers);
    Random random = new Random(3);
    double[] p = random.doubles(shape.parameters()).map(u -> 0.5 * random.nextGaussian()).toArray();
    Kernels kernels = Kernels.best();
    Workspace w = new Workspace(shape);
    Workspace beside = new Workspace(shape);
    Arrays.setAll(w.z, l -> random.nextGaussian());
    DecoderPass.forward(kernels, shape, p, w);
    DecoderPass.jacobian(kernels, shape, p, w);

    for (int l = 0; l < 3; l++) {
      double[][] eta = new double[2][];
      for (int side = 0; side < 2; side++) {
        System.arraycopy(w.z, 0, beside.z, 0, 3);
        beside.z[l] += side == 0 ? -STEP : STEP;
        DecoderPass.forward(kernels, shape, p, beside);
        eta[side] = beside.eta.clone();
      }
      for (int i = 0; i < shape.inputs(); i++) {
        double slope = (eta[1][i] - eta[0][i]) / (2 * STEP);
        assertThat(w.jacobian[l * shape.inputs() + i]).isCloseTo(slope, within(1e-7));
      }
    }
  }

  private static Network deep(Rows rows, int epochs, int layers, boolean parallel) {
    Network start = Made.factorAnalysis(rows, D, 3).network();
    double[] even = ones(rows.size());
    boolean[] none = new boolean[D];
    return VaeTraining.train(
        start, rows, even, none, epochs, 1, Likelihood.GAUSSIAN, layers, parallel);
  }
}
