package io.kelbo.impute;

import java.util.ArrayList;
import java.util.List;

/**
 * Fillers of equal standing: the mean of their first fillings, with the variance of the mixture.
 */
record Ensemble(List<Filler> members) implements Filler {
  Ensemble {
    members = List.copyOf(members);
  }

  @Override
  public List<Filled> fill(Grid grid, boolean[] wanted) {
    List<Filled> all = new ArrayList<>();
    for (Filler member : members) {
      all.add(member.fill(grid, wanted).get(0));
    }
    double[] equal = new double[all.size()];
    java.util.Arrays.fill(equal, 1.0 / all.size());
    double[][] weights = new double[grid.width][];
    java.util.Arrays.fill(weights, equal);
    return List.of(Filled.blend(grid, all, weights));
  }
}
