package io.kelbo.vae;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The early stop, and the cells that it looks at. */
class HeldOutCellsTest {
  private static final int D = 6;

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void shouldKeepTheEpochThatPredictsHeldOutCellsBestAndStopWhereNoneDoesForLong() {
    Rows rows = Made.rows(VaeTrainingTest.curved(300, 1), 0, 1);
    Network start = Made.factorAnalysis(rows, D, 3).network();
    HeldOutCells cells = new HeldOutCells(start.shape(), rows, ones(300), 1, 20);
    double[] best = start.parameters();
    double[] p = shifted(start, 2);
    List<Boolean> goOn = new ArrayList<>();

    goOn.add(cells.goOn(p, 0));
    goOn.add(cells.goOn(best, 1));
    for (int epoch = 2; epoch < 6; epoch++) {
      goOn.add(cells.goOn(p, epoch));
    }
    cells.restore(p);

    assertThat(goOn).containsExactly(true, true, true, true, true, false); // a fifth of 20
    assertThat(p).containsExactly(best);
  }

  private static double[] shifted(Network network, double by) {
    double[] p = network.parameters();
    p[network.shape().decodeBias()] += by;
    return p;
  }

  @Test
  void shouldNeverSeeHeldOutCells() {
    List<double[]> data = VaeTrainingTest.curved(400, 1);
    double[] weights = ones(400);
    weights[8] = 0;
    Rows rows = Made.rows(data, 0, 1);
    Network start = Made.factorAnalysis(rows, D, 3).network();
    HeldOutCells cells = new HeldOutCells(start.shape(), rows, weights, 5, 10);
    int hidden = 0;
    for (int r = 0; r < 400; r++) {
      double[] mask = ones(D);
      cells.hide(r, mask);
      for (int k = 0; k < D; k++) {
        data.get(r)[k] += mask[k] == 0 ? 1e6 : 0;
        hidden += mask[k] == 0 ? 1 : 0;
      }
      assertThat(mask).contains(1.0);
    }
    Rows torn = Made.rows(data, 0, 1);

    double[] once = train(start, rows, weights);
    double[] again = train(start, torn, weights);

    assertThat(hidden).isEqualTo(99); // one in each fourth row but that without weight
    assertThat(again).containsExactly(once);
  }

  /** One epoch, so that there is no better one to be chosen. */
  private static double[] train(Network start, Rows rows, double[] weights) {
    return VaeTraining.train(
            start, rows, weights, new boolean[D], 1, 5, Likelihood.GAUSSIAN, 1, false)
        .parameters();
  }
}
