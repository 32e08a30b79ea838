package io.kelbo.train;

import io.kelbo.encode.Encoder;
import io.kelbo.encode.WindowScale;
import io.kelbo.kernel.Kernels;
import io.kelbo.score.ExemplarView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Chooses exemplars of one kind of form, at random and without the sparsest share, and scores each
 * row against those of other blocks of time.
 */
final class FormLearning {
  private static final int NEIGHBOUR = 3;
  private static final int SAME_MOMENT = 2; // rows this near are one form, a little later

  private final WindowRows rows;
  private final WindowPlan.Form form;
  private final boolean[] usable;
  private final float[][] windows;
  private final WindowScale scale;
  private final double[] heldOut;

  FormLearning(WindowRows rows, WindowPlan.Form form, boolean[] usable) {
    this.rows = rows;
    this.form = form;
    this.usable = usable;
    List<double[]> cut = rows.cut(form.shape());
    this.scale = WindowScale.learn(cut);
    this.windows = new float[cut.size()][];
    for (int i = 0; i < windows.length; i++) {
      double[] window = cut.get(i);
      scale.apply(window, form.shape().centred(), Encoder.SQUASH);
      windows[i] = new float[window.length];
      for (int j = 0; j < window.length; j++) {
        windows[i][j] = (float) window[j];
      }
    }
    this.heldOut = new double[windows.length];
    Arrays.fill(heldOut, Double.NaN);
  }

  ExemplarView learn(long seed) {
    int[] chosen = choose(new Random(seed));
    int[] blocks = rows.blocks(JointLearning.FOLDS);
    int d = windows[0].length;
    float[] exemplars = new float[d * chosen.length];
    for (int m = 0; m < chosen.length; m++) {
      for (int j = 0; j < d; j++) {
        exemplars[j * chosen.length + m] = windows[chosen[m]][j];
      }
    }
    float[] distances = new float[chosen.length];
    for (int i = 0; i < windows.length; i++) {
      if (usable[i]) {
        Kernels.best()
            .squaredDistances(windows[i], 0, d, exemplars, 0, chosen.length, distances, 0);
        heldOut[i] = nearest(i, chosen, blocks, distances) / d;
      }
    }
    return new ExemplarView(
        form.shape(), scale, exemplars, chosen.length, Quantiles.usual(heldOut), form.weight());
  }

  private int[] choose(Random random) {
    List<Integer> candidates = new ArrayList<>();
    for (int i = 0; i < windows.length; i++) {
      if (usable[i]) {
        candidates.add(i);
      }
    }
    for (int i = candidates.size() - 1; i > 0; i--) {
      candidates.set(i, candidates.set(random.nextInt(i + 1), candidates.get(i)));
    }
    int most = form.trim() > 0 ? 2 * form.exemplars() : form.exemplars();
    int[] drawn = candidates.stream().limit(most).mapToInt(Integer::intValue).toArray();
    if (form.trim() == 0) {
      return drawn;
    }
    double[] sparse = new double[drawn.length];
    for (int a = 0; a < drawn.length; a++) {
      sparse[a] = neighbour(drawn, a);
    }
    double limit = Quantiles.of(sparse, 1 - form.trim());
    return java.util.stream.IntStream.range(0, drawn.length)
        .filter(a -> sparse[a] <= limit)
        .map(a -> drawn[a])
        .limit(form.exemplars())
        .toArray();
  }

  private double neighbour(int[] drawn, int a) {
    double[] nearest = new double[NEIGHBOUR];
    Arrays.fill(nearest, Double.MAX_VALUE);
    for (int other : drawn) {
      if (Math.abs(other - drawn[a]) > SAME_MOMENT) {
        double distance = squared(windows[drawn[a]], windows[other]);
        for (int k = 0; k < NEIGHBOUR; k++) {
          if (distance < nearest[k]) {
            double held = nearest[k];
            nearest[k] = distance;
            distance = held;
          }
        }
      }
    }
    return nearest[NEIGHBOUR - 1];
  }

  private static double nearest(int row, int[] chosen, int[] blocks, float[] distances) {
    double other = Double.MAX_VALUE;
    double any = Double.MAX_VALUE;
    for (int m = 0; m < chosen.length; m++) {
      if (chosen[m] != row) {
        any = Math.min(any, distances[m]);
        other = blocks[chosen[m]] == blocks[row] ? other : Math.min(other, distances[m]);
      }
    }
    return other < Double.MAX_VALUE ? other : any < Double.MAX_VALUE ? any : 0;
  }

  private static double squared(float[] a, float[] b) {
    float sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum = Math.fma(a[j] - b[j], a[j] - b[j], sum);
    }
    return sum;
  }

  /** (rows) scores out of sample; NaN where a row has none. */
  double[] heldOut() {
    return heldOut;
  }
}
