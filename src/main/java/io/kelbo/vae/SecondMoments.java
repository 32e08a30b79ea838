package io.kelbo.vae;

import java.util.Arrays;

/**
 * Count, sum and products of complete rows: all that factor analysis needs of them. Can be added up
 * and taken apart, so that leaving out one block of a cross-validation costs no second pass.
 */
public final class SecondMoments {
  private final int d;
  private double weight;
  private final double[] sum; // (d)
  private final double[] products; // (d, d)

  public SecondMoments(int features) {
    this.d = features;
    this.sum = new double[d];
    this.products = new double[d * d];
  }

  /** Takes in a row of (d). Only the lower triangle is kept up; {@link #products} mirrors it. */
  public void add(double[] row) {
    weight++;
    for (int j = 0; j < d; j++) {
      double x = row[j];
      sum[j] += x;
      int at = j * d;
      for (int k = 0; k <= j; k++) {
        products[at + k] = Math.fma(x, row[k], products[at + k]);
      }
    }
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

  /** (d, d), whole. */
  double[] products() {
    double[] whole = Arrays.copyOf(products, products.length);
    for (int j = 0; j < d; j++) {
      for (int k = 0; k < j; k++) {
        whole[k * d + j] = whole[j * d + k];
      }
    }
    return whole;
  }
}
