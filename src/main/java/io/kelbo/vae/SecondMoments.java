package io.kelbo.vae;

import io.kelbo.kernel.Kernels;

/**
 * Count, sum and products of complete rows: all that factor analysis needs of them. Can be added up
 * and taken apart, so that leaving out one block of a cross-validation costs no second pass.
 */
public final class SecondMoments {
  private final Kernels kernels = Kernels.best();
  private final int d;
  private double weight;
  private final double[] sum; // (d)
  private final double[] products; // (d, d)

  public SecondMoments(int features) {
    this.d = features;
    this.sum = new double[d];
    this.products = new double[d * d];
  }

  /** Takes in a row of (d). */
  public void add(double[] row) {
    weight++;
    for (int j = 0; j < d; j++) {
      sum[j] += row[j];
    }
    kernels.addOuter(row, 0, d, row, 0, d, products, 0);
  }

  /** These less others that are among them. */
  public SecondMoments without(SecondMoments others) {
    SecondMoments rest = new SecondMoments(d);
    rest.weight = weight - others.weight;
    for (int j = 0; j < d; j++) {
      rest.sum[j] = sum[j] - others.sum[j];
    }
    for (int i = 0; i < products.length; i++) {
      rest.products[i] = products[i] - others.products[i];
    }
    return rest;
  }

  int features() {
    return d;
  }

  /** How many rows. */
  public double weight() {
    return weight;
  }

  double[] sum() {
    return sum.clone();
  }

  /** (d, d). */
  double[] products() {
    return products.clone();
  }
}
