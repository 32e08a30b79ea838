package io.kelbo.vae;

import io.kelbo.kernel.Kernels;
import java.util.Arrays;

/**
 * The hidden layers of a branch above its first, and one row's scratch for them:
 *
 * <pre>
 * a_k = a_k-1 + silu(a_k-1 Q_k + q_k)     Q_k (h, h), q_k (h), one after the other
 * </pre>
 *
 * A layer of zeros changes nothing, so a deeper branch begins as the one without it, and gradients
 * pass by (He et al. 2016). Of a branch of one layer nothing is kept and nothing done.
 */
final class Tower {
  final double[][] below; // (layers)(h) what each layer read
  final double[][] gradient; // (layers)(h) after the pass back: in what goes into silu
  private final double[][] pre; // (layers)(h)
  private final double[] scratch; // (h)
  private final int hidden;
  private final int size; // parameters of a layer

  Tower(Shape shape) {
    hidden = shape.hidden();
    size = shape.towerLayer();
    int layers = shape.layers() - 1;
    below = new double[layers][hidden];
    gradient = new double[layers][hidden];
    pre = new double[layers][hidden];
    scratch = new double[layers == 0 ? 0 : hidden];
  }

  /** Where a layer's weights stand, of those that begin at {@code at}. */
  private int weights(int at, int layer) {
    return at + layer * size;
  }

  private int biases(int at, int layer) {
    return weights(at, layer) + hidden * hidden;
  }

  /**
   * @param at where the layers' parameters begin in {@code p}
   * @param act from {@code actAt} on the first layer's activations (h); those of the last
   *     afterwards
   */
  void forward(Kernels kernels, double[] p, int at, double[] act, int actAt) {
    for (int k = 0; k < below.length; k++) {
      System.arraycopy(act, actAt, below[k], 0, hidden);
      System.arraycopy(p, biases(at, k), pre[k], 0, hidden);
      kernels.multiplyAdd(below[k], 0, hidden, p, weights(at, k), hidden, pre[k], 0);
      kernels.silu(pre[k], 0, hidden, scratch, 0);
      for (int h = 0; h < hidden; h++) {
        act[actAt + h] += scratch[h];
      }
    }
  }

  /**
   * Takes {@code slope} (h) from the last layer's activations to the first's; adds the biases' part
   * to {@code g}, and leaves what the weights' is made of.
   */
  void backward(Kernels kernels, double[] p, int at, double[] slope, double[] g) {
    linearise(kernels);
    for (int k = below.length - 1; k >= 0; k--) {
      Silu.times(slope, gradient[k]);
      for (int h = 0; h < hidden; h++) {
        g[biases(at, k) + h] += gradient[k][h];
      }
      kernels.multiplyAddTransposed(gradient[k], 0, hidden, p, weights(at, k), hidden, slope, 0);
    }
  }

  /** Before {@link #push}: the slopes at the activations last computed. */
  void linearise(Kernels kernels) {
    for (int k = 0; k < below.length; k++) {
      kernels.siluSlope(pre[k], 0, hidden, gradient[k], 0);
    }
  }

  /** Takes a direction (h) of the first layer's activations to the last's. */
  void push(Kernels kernels, double[] p, int at, double[] direction) {
    for (int k = 0; k < below.length; k++) {
      Arrays.fill(scratch, 0);
      kernels.multiplyAdd(direction, 0, hidden, p, weights(at, k), hidden, scratch, 0);
      Silu.times(gradient[k], scratch);
      for (int h = 0; h < hidden; h++) {
        direction[h] += scratch[h];
      }
    }
  }
}
