package io.kelbo.train;

import io.kelbo.kernel.Exponential;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What each penalty says of rows that it did not learn from, and the penalty that says it best: in
 * blocks of time, as the sample is cross-validated.
 */
final class HeldOutAnswers {
  private static final double[] PENALTIES = {1, 0.1, 0.01, 1e-3, 1e-4};
  private static final double HOTTEST = 4;
  private static final double COLDEST = 0.25;

  private final Regression regression;
  private final double[] truth;
  private final int classes;
  private double[][] answers = {}; // (rows) (outputs) of the best penalty; empty where not asked
  private double penalty;
  private double loss = Double.POSITIVE_INFINITY;

  /**
   * @param truth (rows) numbers, or places of classes
   * @param blocks (rows) which block a row is in
   */
  HeldOutAnswers(Regression regression, double[] truth, int classes, int[] blocks) {
    this.regression = regression;
    this.truth = truth;
    this.classes = classes;
    double[][][] all = new double[PENALTIES.length][truth.length][0];
    int count = 1 + Arrays.stream(blocks).max().orElse(0);
    for (int block = 0; block < count; block++) {
      int held = block;
      int[] rest = rows(r -> blocks[r] != held);
      boolean[] taught = taught(rest);
      int[] asked = rows(r -> blocks[r] == held && (classes == 0 || taught[(int) truth[r]]));
      if (rest.length == 0 || asked.length == 0) {
        continue;
      }
      Regression.Lesson lesson = regression.new Lesson(rest);
      for (int i = 0; i < PENALTIES.length; i++) {
        double[] weights = lesson.weights(PENALTIES[i]);
        for (int r : asked) {
          all[i][r] = new double[Math.max(1, classes)];
          regression.logits(weights, r, all[i][r]);
        }
      }
    }
    for (int i = 0; i < PENALTIES.length; i++) {
      double mean = loss(all[i], 1);
      if (mean < loss) {
        loss = mean;
        penalty = PENALTIES[i];
        answers = all[i];
      }
    }
  }

  /** Which classes some rows show: of one that they do not, they can say nothing. */
  private boolean[] taught(int[] rows) {
    boolean[] taught = new boolean[classes];
    for (int r : rows) {
      if (classes > 0) {
        taught[(int) truth[r]] = true;
      }
    }
    return taught;
  }

  private int[] rows(IntPredicate wanted) {
    return IntStream.range(0, truth.length).filter(wanted).toArray();
  }

  /** Mean squared error, or mean log-loss in nats at a temperature; infinite without answers. */
  private double loss(double[][] of, double temperature) {
    double sum = 0;
    int count = 0;
    for (int r = 0; r < of.length; r++) {
      if (of[r].length > 0) {
        count++;
        double off = of[r][0] - truth[r];
        sum += classes == 0 ? off * off : nats(of[r], temperature, (int) truth[r]);
      }
    }
    return count == 0 ? Double.POSITIVE_INFINITY : sum / count;
  }

  private static double nats(double[] logits, double temperature, int truth) {
    double[] p = Arrays.stream(logits).map(v -> v / temperature).toArray();
    Exponential.softmax(p);
    return -StrictMath.log(Math.max(p[truth], 1e-300));
  }

  /** Mean squared error or log-loss of the best penalty; infinite where nothing was held out. */
  double loss() {
    return loss;
  }

  /** The share of held-out rows whose likeliest class is theirs. */
  double accuracy() {
    int right = 0;
    int count = 0;
    for (int r = 0; r < answers.length; r++) {
      if (answers[r].length > 0) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
          best = answers[r][c] > answers[r][best] ? c : best;
        }
        right += best == (int) truth[r] ? 1 : 0;
        count++;
      }
    }
    return (double) right / Math.max(1, count);
  }

  /** Absolute errors, ascending. */
  double[] errors() {
    return IntStream.range(0, answers.length)
        .filter(r -> answers[r].length > 0)
        .mapToDouble(r -> Math.abs(answers[r][0] - truth[r]))
        .sorted()
        .toArray();
  }

  /**
   * The temperature by which logits are to be divided so that chances keep their word on held-out
   * rows, within {@value #COLDEST} to {@value #HOTTEST} (Guo et al. 2017), by golden section.
   */
  double temperature() {
    double low = StrictMath.log(COLDEST);
    double high = StrictMath.log(HOTTEST);
    double golden = 0.5 * (Math.sqrt(5) - 1);
    for (int round = 0; round < 25; round++) {
      double a = high - golden * (high - low);
      double b = low + golden * (high - low);
      if (loss(answers, StrictMath.exp(a)) < loss(answers, StrictMath.exp(b))) {
        high = b;
      } else {
        low = a;
      }
    }
    return StrictMath.exp(0.5 * (low + high));
  }

  /** What all rows teach with the best penalty, for columns as they were given. */
  double[] weights() {
    return regression.plain(regression.new Lesson(rows(r -> true)).weights(penalty));
  }
}
