package io.kelbo.score;

/**
 * The two leading eigenvectors of a symmetric 3 by 3 matrix, by Jacobi's rotations; in place. One
 * thread's scratch: it is done for every record.
 */
final class Rotation {
  private static final int SWEEPS = 8; // it converges quadratically; 4 are enough for all bits

  private final double[] a = new double[9];
  private final double[] v = new double[9];
  private final double[] leading = new double[6];

  /** (3, 3) symmetric: the caller's to fill; {@link #leading} overwrites it. */
  double[] matrix() {
    return a;
  }

  /**
   * @return (3, 2): the eigenvectors of the two largest eigenvalues, the largest first; good until
   *     the next call
   */
  double[] leading() {
    for (int i = 0; i < 9; i++) {
      v[i] = i % 4 == 0 ? 1 : 0;
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      rotate(0, 1);
      rotate(0, 2);
      rotate(1, 2);
    }
    int first = 0;
    int last = 0;
    for (int k = 1; k < 3; k++) {
      first = a[4 * k] > a[4 * first] ? k : first;
      last = a[4 * k] <= a[4 * last] ? k : last;
    }
    last = last == first ? (first + 2) % 3 : last;
    int second = 3 - first - last;
    for (int k = 0; k < 3; k++) {
      leading[2 * k] = v[3 * k + first];
      leading[2 * k + 1] = v[3 * k + second];
    }
    return leading;
  }

  private void rotate(int p, int q) {
    double off = a[3 * p + q];
    if (off == 0) {
      return;
    }
    double theta = (a[4 * q] - a[4 * p]) / (2 * off);
    double t = Math.signum(theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    t = theta == 0 ? 1 : t;
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (int k = 0; k < 3; k++) {
      double kp = a[3 * k + p];
      double kq = a[3 * k + q];
      a[3 * k + p] = c * kp - s * kq;
      a[3 * k + q] = s * kp + c * kq;
    }
    for (int k = 0; k < 3; k++) {
      double pk = a[3 * p + k];
      double qk = a[3 * q + k];
      a[3 * p + k] = c * pk - s * qk;
      a[3 * q + k] = s * pk + c * qk;
      double vp = v[3 * k + p];
      double vq = v[3 * k + q];
      v[3 * k + p] = c * vp - s * vq;
      v[3 * k + q] = s * vp + c * vq;
    }
  }
}
