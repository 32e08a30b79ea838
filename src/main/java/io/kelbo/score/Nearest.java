package io.kelbo.score;

import java.util.Arrays;

/** One thread's search among {@link Exemplars}: the neighbour of a rank. Allocates nothing. */
public final class Nearest {
  private final Exemplars exemplars;
  private final double[] distances; // (count)
  private final double[] best; // (rank) ascending
  private final int[] places;

  /**
   * @param rank 1 for the nearest, at most as many as there are exemplars
   */
  public Nearest(Exemplars exemplars, int rank) {
    if (rank < 1 || rank > exemplars.count()) {
      throw new IllegalArgumentException(
          "the neighbour's rank is %d but must lie between 1 and %d"
              .formatted(rank, exemplars.count()));
    }
    this.exemplars = exemplars;
    this.distances = new double[exemplars.count()];
    this.best = new double[rank];
    this.places = new int[rank];
  }

  /**
   * Finds the neighbour over the dimensions that are seen.
   *
   * @param point (dimensions)
   * @param seen (dimensions) 0 where the point's number is missing
   */
  public void find(double[] point, double[] seen) {
    Arrays.fill(distances, 0);
    for (int j = 0; j < exemplars.dimensions(); j++) {
      if (seen[j] != 0) {
        exemplars.add(j, point[j], distances);
      }
    }
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    int last = best.length - 1;
    for (int i = 0; i < distances.length; i++) {
      if (distances[i] < best[last]) {
        int at = last;
        for (; at > 0 && best[at - 1] > distances[i]; at--) {
          best[at] = best[at - 1];
          places[at] = places[at - 1];
        }
        best[at] = distances[i];
        places[at] = i;
      }
    }
  }

  /** Squared distance of the neighbour found, over what was seen. */
  public double distance() {
    return best[best.length - 1];
  }

  /** Which exemplar it is. */
  public int place() {
    return places[places.length - 1];
  }
}
