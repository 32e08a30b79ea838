package io.kelbo.impute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Learns to tell classes apart: several joint models of class and features, pooled by rows that
 * were held out, then learned again from all.
 */
final class ClassLearning {
  private static final int FOLDS = 4;
  private static final int CROSSED = 2000; // rows: of more, one fold in four says enough
  private static final int BRANCH_FROM = 200; // rows: fewer teach the branch nothing
  private static final int LONG_GRID = 5000; // rows
  private static final int MOST_ROWS = 20_000;

  private final int classes;
  private final long seed;
  private final Consumer<String> progress;
  private final Map<String, List<ClassOpinion>> crossed = new LinkedHashMap<>(); // of the last fold

  ClassLearning(int classes, long seed, Consumer<String> progress) {
    this.classes = classes;
    this.seed = seed;
    this.progress = progress;
  }

  /**
   * What was learned.
   *
   * @param weights opinion → its weight
   * @param base (classes) how often each came: all that is known of rows that know nothing
   * @param heldOut (rows)(classes) chances of the rows while they were held out; NaN elsewhere
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never shared
  record Learned(
      List<ClassOpinion> opinions,
      ClassPool pool,
      Map<String, Double> weights,
      double[] base,
      double[][] heldOut) {
    double[][] chances(Grid features) {
      boolean[] all = new boolean[features.rows];
      Arrays.fill(all, true);
      double[][] chances =
          pool.chances(
              opinions.stream().map(o -> o.logChances(features, all)).toArray(double[][][]::new));
      for (Grid.Group group : features.groups()) {
        for (int r : group.rows()) {
          chances[r] = group.known().length == 0 ? base.clone() : chances[r];
        }
      }
      return chances;
    }
  }

  /** A model that may have several opinions. */
  private interface Learner {
    List<ClassOpinion> learn(Grid features, int[] labels);
  }

  private Map<String, Learner> candidates(Grid features) {
    Map<String, Learner> all = new LinkedHashMap<>();
    all.put("shared_decoder", (x, y) -> List.of(mixtures(x, y).single(Double.POSITIVE_INFINITY)));
    all.put("own_decoder", (x, y) -> List.of(mixtures(x, y).single(x.width + 2.0)));
    all.put("mixture_3", (x, y) -> List.of(mixtures(x, y).parted(3, seed)));
    all.put("mixture_8", (x, y) -> List.of(mixtures(x, y).parted(8, seed)));
    all.put("exemplars", (x, y) -> ClassNeighbours.learn(x, y, classes, seed));
    int latents = Math.max(2, Math.min(12, features.width / 2));
    int epochs = features.rows > LONG_GRID ? 10 : 60;
    if (features.rows >= BRANCH_FROM && features.width >= 2) {
      all.put("vae", (x, y) -> List.of(ClassBranch.learn(x, y, classes, latents, epochs, seed)));
    }
    return all;
  }

  private ClassMixtureLearning mixtures(Grid features, int[] labels) {
    return new ClassMixtureLearning(features, labels, classes);
  }

  /**
   * @param labels (rows), -1 where unknown
   */
  Learned learn(Grid features, int[] labels) {
    Map<String, Learner> candidates = candidates(features);
    int[] fold = new Random(seed).ints(features.rows, 0, FOLDS).toArray();
    int folds = features.rows > CROSSED ? 1 : FOLDS;
    List<double[][]> heldOut = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, Learner> candidate : candidates.entrySet()) {
      progress.accept("trying " + candidate.getKey());
      List<double[][]> said = new ArrayList<>();
      try {
        for (int f = 0; f < folds; f++) {
          crossed.put(
              candidate.getKey(), cross(candidate.getValue(), features, labels, fold, f, said));
        }
      } catch (ArithmeticException diverged) {
        progress.accept("%s: %s".formatted(candidate.getKey(), diverged.getMessage()));
        continue;
      }
      said.forEach(opinion -> names.add(candidate.getKey()));
      heldOut.addAll(said);
    }
    int[] asked = new int[labels.length];
    for (int r = 0; r < labels.length; r++) {
      asked[r] = fold[r] < folds ? labels[r] : -1;
    }
    double[][][] opinions = heldOut.toArray(double[][][]::new);
    ClassPool pool = ClassPool.learn(opinions, asked, classes);
    double[][] chances = pool.chances(opinions);
    for (int r = 0; r < labels.length; r++) {
      if (asked[r] < 0) {
        Arrays.fill(chances[r], Double.NaN);
      }
    }
    return again(candidates, names, pool, chances, features, labels);
  }

  /** Adds what a candidate says of one fold after learning from the others; returns it. */
  private List<ClassOpinion> cross(
      Learner learner, Grid features, int[] labels, int[] fold, int out, List<double[][]> all) {
    int[] kept = labels.clone();
    boolean[] wanted = new boolean[labels.length];
    int[] rows =
        java.util.stream.IntStream.range(0, labels.length).filter(r -> fold[r] != out).toArray();
    for (int r = 0; r < kept.length; r++) {
      wanted[r] = fold[r] == out;
    }
    int[] known = Arrays.stream(rows).map(r -> kept[r]).toArray();
    List<ClassOpinion> learned = learner.learn(features.rows(rows), known);
    for (int i = 0; i < learned.size(); i++) {
      double[][] said = learned.get(i).logChances(features, wanted);
      if (all.size() <= i) {
        all.add(new double[labels.length][classes]);
      }
      for (int r = 0; r < said.length; r++) {
        all.get(i)[r] = wanted[r] ? said[r] : all.get(i)[r];
      }
    }
    return learned;
  }

  private Learned again(
      Map<String, Learner> candidates,
      List<String> names,
      ClassPool pool,
      double[][] heldOut,
      Grid features,
      int[] labels) {
    List<ClassOpinion> opinions = new ArrayList<>();
    Map<String, Double> weights = new LinkedHashMap<>();
    for (Map.Entry<String, Learner> candidate : candidates.entrySet()) {
      if (names.contains(candidate.getKey())) {
        progress.accept("learning " + candidate.getKey());
        opinions.addAll(relearned(candidate, features, labels));
      }
    }
    for (int i = 0; i < names.size(); i++) {
      weights.merge(names.get(i), pool.weights()[i], Double::sum);
    }
    return new Learned(opinions, pool, weights, base(labels), heldOut);
  }

  private double[] base(int[] labels) {
    double[] often = new double[classes];
    for (int label : labels) {
      if (label >= 0) {
        often[label]++;
      }
    }
    double all = Arrays.stream(often).sum() + 0.5 * classes;
    return Arrays.stream(often).map(n -> (n + 0.5) / all).toArray(); // Jeffreys: never 0
  }

  /** From all rows; where that diverges, what was learned from most of them has to do. */
  private List<ClassOpinion> relearned(
      Map.Entry<String, Learner> candidate, Grid features, int[] labels) {
    try {
      return candidate.getValue().learn(features, labels);
    } catch (ArithmeticException diverged) {
      return java.util.Objects.requireNonNull(crossed.get(candidate.getKey()));
    }
  }

  /** At most so many rows, drawn by the seed. */
  static int[] sample(int rows, long seed) {
    return rows <= MOST_ROWS
        ? java.util.stream.IntStream.range(0, rows).toArray()
        : new Random(seed).ints(0, rows).distinct().limit(MOST_ROWS).sorted().toArray();
  }
}
