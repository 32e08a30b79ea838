package io.kelbo.impute;

import java.util.Arrays;

/**
 * A mixture prior whose components each belong to a class: the chance of a class is that of its
 * components together, exact for any known cells (Hastie and Tibshirani 1996).
 *
 * @param owner (components) the class of each
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never shared
record ClassMixture(Mixture mixture, int[] owner, int classes) implements ClassOpinion {
  private static final double FLOOR = 1e-12;

  @Override
  public double[][] logChances(Grid features, boolean[] wanted) {
    double[][] out = new double[features.rows][classes];
    double[] shares = new double[owner.length];
    for (double[] row : out) {
      Arrays.fill(row, -StrictMath.log(classes));
    }
    for (Grid.Group group : features.groups()) {
      Components components = new Components(mixture, group);
      for (int r : group.rows()) {
        if (!wanted[r]) {
          continue;
        }
        components.shares(features.values[r], shares);
        double[] chance = new double[classes];
        for (int k = 0; k < shares.length; k++) {
          chance[owner[k]] += shares[k];
        }
        for (int c = 0; c < classes; c++) {
          out[r][c] = StrictMath.log((chance[c] + FLOOR) / (1 + classes * FLOOR));
        }
      }
    }
    return out;
  }
}
