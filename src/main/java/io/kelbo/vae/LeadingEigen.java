package io.kelbo.vae;

import io.kelbo.kernel.SymmetricEigen;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * The few largest eigenvalues of a covariance. Of a large one, which is only ever multiplied, never
 * written down, by subspace iteration with a Rayleigh-Ritz step at the end (Golub and Van Loan,
 * Matrix Computations, 8.2.4): as a start for EM it need not converge to the last bit.
 *
 * @param values (count), descending
 * @param vectors (count, d), orthonormal rows
 * @param rest sum of the other eigenvalues, none taken below 0
 */
@SuppressWarnings("ArrayRecordComponent") // short-lived result, never shared
record LeadingEigen(double[] values, double[] vectors, double rest) {
  private static final int ITERATIONS = 20;
  private static final long SEED = 1; // any start that is not orthogonal to the answer will do

  /**
   * @param c (d, d), row-major, symmetric
   */
  static LeadingEigen exact(double[] c, int d, int count) {
    SymmetricEigen eigen = SymmetricEigen.of(c, d);
    double[] vectors = new double[count * d];
    for (int l = 0; l < count; l++) {
      for (int j = 0; j < d; j++) {
        vectors[l * d + j] = eigen.vectors()[j * d + l];
      }
    }
    double rest = 0;
    for (int k = count; k < d; k++) {
      rest += Math.max(eigen.values()[k], 0);
    }
    return new LeadingEigen(Arrays.copyOf(eigen.values(), count), vectors, rest);
  }

  /**
   * @param times {@code B (count, d) -> C B' (d, count)}
   * @param trace sum of all eigenvalues
   */
  static LeadingEigen of(UnaryOperator<double[]> times, double trace, int d, int count) {
    Random random = new Random(SEED);
    double[] basis = random.doubles((long) count * d, -1, 1).toArray();
    orthonormalise(basis, d, count);
    for (int i = 0; i < ITERATIONS; i++) {
      basis = transposed(times.apply(basis), d, count);
      orthonormalise(basis, d, count);
    }
    double[] product = times.apply(basis);
    double[] small = new double[count * count];
    for (int l = 0; l < count; l++) {
      for (int k = 0; k < count; k++) {
        for (int j = 0; j < d; j++) {
          small[l * count + k] += basis[l * d + j] * product[j * count + k];
        }
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(small, count);
    double[] vectors = new double[count * d];
    for (int l = 0; l < count; l++) {
      for (int k = 0; k < count; k++) {
        double share = eigen.vectors()[k * count + l];
        for (int j = 0; j < d; j++) {
          vectors[l * d + j] += share * basis[k * d + j];
        }
      }
    }
    double rest = trace;
    for (double value : eigen.values()) {
      rest -= Math.max(value, 0);
    }
    return new LeadingEigen(eigen.values(), vectors, Math.max(rest, 0));
  }

  private static double[] transposed(double[] columns, int d, int count) {
    double[] rows = new double[count * d];
    for (int j = 0; j < d; j++) {
      for (int l = 0; l < count; l++) {
        rows[l * d + j] = columns[j * count + l];
      }
    }
    return rows;
  }

  /** Gram-Schmidt, in order; a row that is spanned by those before becomes zero. */
  private static void orthonormalise(double[] rows, int d, int count) {
    for (int l = 0; l < count; l++) {
      double before = Math.sqrt(dot(rows, l, l, d));
      for (int k = 0; k < l; k++) {
        double share = dot(rows, l, k, d);
        for (int j = 0; j < d; j++) {
          rows[l * d + j] -= share * rows[k * d + j];
        }
      }
      double length = Math.sqrt(dot(rows, l, l, d));
      double scale = length > 1e-10 * before ? 1 / length : 0;
      for (int j = 0; j < d; j++) {
        rows[l * d + j] *= scale;
      }
    }
  }

  private static double dot(double[] rows, int l, int k, int d) {
    double sum = 0;
    for (int j = 0; j < d; j++) {
      sum += rows[l * d + j] * rows[k * d + j];
    }
    return sum;
  }
}
