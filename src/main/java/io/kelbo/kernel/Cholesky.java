package io.kelbo.kernel;

/**
 * Symmetric positive definite systems of a few unknowns, in place: the latent space is small, and
 * this runs for each record with a missing value, so it allocates nothing.
 */
public final class Cholesky {
  private Cholesky() {}

  /**
   * Replaces the lower triangle of {@code a} by its factor {@code L}, {@code L L' = a}.
   *
   * @param a (n, n), row-major
   * @return whether {@code a} was positive definite; if not, {@code a} is spoilt
   */
  public static boolean factor(double[] a, int n) {
    for (int j = 0; j < n; j++) {
      double pivot = a[j * n + j];
      for (int k = 0; k < j; k++) {
        pivot -= a[j * n + k] * a[j * n + k];
      }
      if (!(pivot > 0)) {
        return false;
      }
      double diagonal = Math.sqrt(pivot);
      a[j * n + j] = diagonal;
      for (int i = j + 1; i < n; i++) {
        double sum = a[i * n + j];
        for (int k = 0; k < j; k++) {
          sum -= a[i * n + k] * a[j * n + k];
        }
        a[i * n + j] = sum / diagonal;
      }
    }
    return true;
  }

  /**
   * Solves {@code L L' x = b} in place of {@code b}.
   *
   * @param factor from {@link #factor}
   * @param b (n) from {@code at}
   */
  public static void solve(double[] factor, int n, double[] b, int at) {
    for (int i = 0; i < n; i++) {
      double sum = b[at + i];
      for (int k = 0; k < i; k++) {
        sum -= factor[i * n + k] * b[at + k];
      }
      b[at + i] = sum / factor[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
      double sum = b[at + i];
      for (int k = i + 1; k < n; k++) {
        sum -= factor[k * n + i] * b[at + k];
      }
      b[at + i] = sum / factor[i * n + i];
    }
  }

  /**
   * {@code v' (L L')^-1 v}, by forward substitution.
   *
   * @param v (n), overwritten
   */
  public static double quadratic(double[] factor, int n, double[] v) {
    double total = 0;
    for (int i = 0; i < n; i++) {
      double sum = v[i];
      for (int k = 0; k < i; k++) {
        sum -= factor[i * n + k] * v[k];
      }
      v[i] = sum / factor[i * n + i];
      total += v[i] * v[i];
    }
    return total;
  }

  /**
   * The inverse of a symmetric positive definite matrix.
   *
   * @param a (n, n), unchanged
   * @throws ArithmeticException if {@code a} is not positive definite
   */
  public static double[] inverse(double[] a, int n) {
    double[] factor = a.clone();
    if (!factor(factor, n)) {
      throw new ArithmeticException("a " + n + " by " + n + " matrix is not positive definite");
    }
    double[] inverse = new double[n * n];
    double[] column = new double[n];
    for (int j = 0; j < n; j++) {
      java.util.Arrays.fill(column, 0);
      column[j] = 1;
      solve(factor, n, column, 0);
      for (int i = 0; i < n; i++) {
        inverse[i * n + j] = column[i];
      }
    }
    return inverse;
  }
}
