package io.kelbo.latent;

import java.util.ArrayList;
import java.util.List;

/**
 * How latents go together.
 *
 * @param correlations (latents)(latents) of the rows' means; 0 where a latent never moves
 * @param merges in order, nearest first; group number {@code latents + i} is made by merge i
 */
public record Kinship(List<List<Double>> correlations, List<Merge> merges) {
  public Kinship {
    correlations = correlations.stream().map(List::copyOf).toList();
    merges = List.copyOf(merges);
  }

  /**
   * Two groups that become one.
   *
   * @param distance {@code 1 - |correlation|}, mean over all pairs (average linkage), in 0..1
   */
  public record Merge(int one, int other, double distance) {}

  /**
   * @param means (rows)(latents)
   */
  static Kinship of(List<double[]> means) {
    int latents = means.get(0).length;
    List<List<Double>> correlations = new ArrayList<>();
    for (int a = 0; a < latents; a++) {
      List<Double> row = new ArrayList<>();
      for (int b = 0; b < latents; b++) {
        row.add(a == b ? 1.0 : correlation(means, a, b));
      }
      correlations.add(row);
    }
    return new Kinship(correlations, agglomerated(correlations));
  }

  /** Mean size of the correlations between latents that are awake; 0 for fewer than two. */
  static double likeness(List<double[]> means, List<Latent> latents) {
    double sum = 0;
    int pairs = 0;
    for (int a = 0; a < latents.size(); a++) {
      for (int b = a + 1; b < latents.size(); b++) {
        if (!latents.get(a).asleep() && !latents.get(b).asleep()) {
          sum += Math.abs(correlation(means, a, b));
          pairs++;
        }
      }
    }
    return pairs == 0 ? 0 : sum / pairs;
  }

  private static double correlation(List<double[]> means, int a, int b) {
    double meanA = means.stream().mapToDouble(m -> m[a]).average().orElseThrow();
    double meanB = means.stream().mapToDouble(m -> m[b]).average().orElseThrow();
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (double[] m : means) {
      ab += (m[a] - meanA) * (m[b] - meanB);
      aa += (m[a] - meanA) * (m[a] - meanA);
      bb += (m[b] - meanB) * (m[b] - meanB);
    }
    return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
  }

  private static List<Merge> agglomerated(List<List<Double>> correlations) {
    int latents = correlations.size();
    List<List<Integer>> groups = new ArrayList<>();
    List<Integer> alive = new ArrayList<>();
    for (int l = 0; l < latents; l++) {
      groups.add(List.of(l));
      alive.add(l);
    }
    List<Merge> merges = new ArrayList<>();
    while (alive.size() > 1) {
      Merge nearest = new Merge(-1, -1, Double.POSITIVE_INFINITY);
      for (int i = 0; i < alive.size(); i++) {
        for (int j = i + 1; j < alive.size(); j++) {
          double distance = distance(correlations, groups, alive.get(i), alive.get(j));
          if (distance < nearest.distance()) {
            nearest = new Merge(alive.get(i), alive.get(j), distance);
          }
        }
      }
      merges.add(nearest);
      List<Integer> joined = new ArrayList<>(groups.get(nearest.one()));
      joined.addAll(groups.get(nearest.other()));
      alive.remove(Integer.valueOf(nearest.one()));
      alive.remove(Integer.valueOf(nearest.other()));
      alive.add(groups.size());
      groups.add(joined);
    }
    return merges;
  }

  private static double distance(
      List<List<Double>> correlations, List<List<Integer>> groups, int one, int other) {
    double sum = 0;
    for (int a : groups.get(one)) {
      for (int b : groups.get(other)) {
        sum += 1 - Math.abs(correlations.get(a).get(b));
      }
    }
    return sum / (groups.get(one).size() * groups.get(other).size());
  }
}
