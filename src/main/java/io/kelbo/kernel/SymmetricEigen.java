package io.kelbo.kernel;

import org.tribuo.math.la.DenseMatrix;

/**
 * Eigenvalues and vectors of a symmetric matrix, largest first; by Tribuo. Signs are fixed (the
 * largest entry of a vector is positive), so that equal input gives equal output everywhere.
 *
 * @param values (n), descending
 * @param vectors (n, n), row-major; column k belongs to value k
 */
@SuppressWarnings("ArrayRecordComponent") // short-lived result of one decomposition, never shared
public record SymmetricEigen(double[] values, double[] vectors) {
  // Beside the largest entry these change no bit of the result, but subnormal ones make Tribuo's
  // reflections divide to NaN, and then leave its arrays.
  private static final double NEGLIGIBLE = 1e-100;

  /**
   * @param a (n, n), row-major, symmetric
   * @throws ArithmeticException if an entry is not finite or the decomposition does not converge
   */
  public static SymmetricEigen of(double[] a, int n) {
    double[][] rows = new double[n][n];
    double least = NEGLIGIBLE;
    for (double entry : a) {
      least = Math.max(least, NEGLIGIBLE * Math.abs(entry));
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        rows[i][j] = 0.5 * (a[i * n + j] + a[j * n + i]);
        if (!Double.isFinite(rows[i][j])) { // Tribuo would leave its arrays
          throw new ArithmeticException(
              "a matrix of which eigenvalues are wanted holds " + rows[i][j]);
        }
        if (Math.abs(rows[i][j]) < least) {
          rows[i][j] = 0;
        }
      }
    }
    DenseMatrix.EigenDecomposition eigen =
        DenseMatrix.createDenseMatrix(rows)
            .eigenDecomposition()
            .orElseThrow(
                () ->
                    new ArithmeticException(
                        "the eigenvalues of a " + n + " by " + n + " matrix did not converge"));
    double[] values = eigen.eigenvalues().toArray();
    double[] vectors = new double[n * n];
    for (int k = 0; k < n; k++) {
      double[] vector = eigen.getEigenVector(k).toArray();
      int largest = 0;
      for (int i = 1; i < n; i++) {
        if (Math.abs(vector[i]) > Math.abs(vector[largest])) {
          largest = i;
        }
      }
      double sign = vector[largest] < 0 ? -1 : 1;
      for (int i = 0; i < n; i++) {
        vectors[i * n + k] = sign * vector[i];
      }
    }
    return new SymmetricEigen(values, vectors);
  }
}
