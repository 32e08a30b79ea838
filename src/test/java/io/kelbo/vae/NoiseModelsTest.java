package io.kelbo.vae;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * All five noise models in one record, moved by one cause, against a Gaussian for each field: nats
 * on rows that were not learned from. A Gaussian on whole numbers is given all the mass between a
 * number's neighbours, half-way, and all beyond at the ends: the kindest reading of it.
 */
class NoiseModelsTest {
  private static final int ROWS = 1500;
  private static final int LEARNED = 1000;
  private static final int QUANTITY = 0;
  private static final int HEAVY = 2; // Student's t
  private static final int COUNT = 3;
  private static final int FLAG = 4;
  private static final int CLASS = 5; // of three

  private static final int STEPS = 500;
  private static final double FAR = 8; // deviations

  // What training with Student's t adds to log sd, so that a Gaussian of it agrees with the bulk.
  private static final double BULK = 0.5 * Math.log(0.5486 / 0.4549);

  private static final List<Head> OWN =
      List.of(
          new Head(Likelihood.GAUSSIAN, QUANTITY, 1),
          new Head(Likelihood.GAUSSIAN, 1, 1),
          new Head(Likelihood.GAUSSIAN, HEAVY, 1),
          new Head(Likelihood.POISSON, COUNT, 1),
          new Head(Likelihood.BERNOULLI, FLAG, 1),
          new Head(Likelihood.CATEGORICAL, CLASS, 3));

  @Test
  void shouldLeaveLessUnsaidWhenEachFieldHasItsOwnNoise() {
    double[][] facts = facts();
    Rows own = rows(facts, OWN, true);
    Rows plain = rows(facts, Made.gaussians(6), false);

    double[] ours = unsaid(trained(OWN, own, Likelihood.STUDENT_T), own);
    double[] gaussian = unsaid(trained(Made.gaussians(6), plain, Likelihood.GAUSSIAN), plain);

    assertThat(gaussian[HEAVY] - ours[HEAVY]).as("Student's t on heavy tails").isGreaterThan(0.02);
    assertThat(gaussian[COUNT] - ours[COUNT]).as("Poisson on counts").isGreaterThan(0.02);
    assertThat(gaussian[FLAG] - ours[FLAG]).as("Bernoulli on flags").isGreaterThan(0.02);
    assertThat(gaussian[CLASS] - ours[CLASS]).as("categorical on classes").isGreaterThan(0.02);
    assertThat(ours[QUANTITY])
        .as("a Gaussian quantity loses nothing")
        .isLessThan(gaussian[QUANTITY] + 0.05);
  }

  /** (rows)(fields): the quantity twice, the heavy one, count, flag and class. */
  private static double[][] facts() {
    Random random = new Random(5);
    double[][] all = new double[ROWS][];
    for (int r = 0; r < ROWS; r++) {
      double cause = random.nextGaussian();
      double chi = 0;
      for (int i = 0; i < 3; i++) {
        chi += Math.pow(random.nextGaussian(), 2) / 3;
      }
      int count = 0;
      for (double p = random.nextDouble(); p > Math.exp(-1.5 * Math.exp(0.8 * cause)); count++) {
        p *= random.nextDouble();
      }
      double place = cause + 0.5 * random.nextGaussian();
      all[r] =
          new double[] {
            cause + 0.4 * random.nextGaussian(),
            -cause + 0.4 * random.nextGaussian(),
            0.5 * cause + 0.4 * random.nextGaussian() / Math.sqrt(chi),
            count,
            random.nextGaussian() < 2 * cause ? 1 : 0,
            place < -0.5 ? 2 : place < 0.5 ? 0 : 1 // no order that a number could have
          };
    }
    return all;
  }

  private static Rows rows(double[][] facts, List<Head> heads, boolean own) {
    Workspace w = new Workspace(new Shape(heads, 1, 0));
    Arrays.fill(w.mask, 1);
    Rows rows = new Rows();
    for (double[] row : facts) {
      System.arraycopy(row, 0, w.target, 0, row.length);
      System.arraycopy(row, 0, w.input, 0, row.length);
      if (own) {
        w.input[COUNT] = Math.log1p(row[COUNT]);
        Arrays.fill(w.input, CLASS, CLASS + 3, 0);
        w.input[CLASS + (int) row[CLASS]] = 1;
      }
      rows.add(w);
    }
    return rows;
  }

  private static Network trained(List<Head> heads, Rows rows, Likelihood quantities) {
    Rows learned = rows.select(java.util.stream.IntStream.range(0, LEARNED).toArray());
    boolean[] fixed = new boolean[new Shape(heads, 1, 0).inputs()];
    LinearStart.Fitted start = LinearStart.fit(heads, learned, 1, fixed);
    double[] even = new double[LEARNED];
    Arrays.fill(even, 1);
    return VaeTraining.train(start.network(), learned, even, fixed, 80, 1, quantities, 1, false);
  }

  /**
   * Nats a row that each field leaves unsaid at the encoded mean, on rows not learned from; the
   * count hidden.
   */
  private static double[] unsaid(Network network, Rows rows) {
    List<Head> heads = network.shape().heads();
    Workspace w = new Workspace(network.shape());
    boolean own = heads.get(COUNT).likelihood() == Likelihood.POISSON;
    double[] sum = new double[heads.size()];
    for (int r = LEARNED; r < ROWS; r++) {
      rows.load(r, w);
      network.encode(w);
      network.decode(w);
      for (int k = 0; k < sum.length; k++) {
        if (k == COUNT) { // predicted from the others: a Gaussian one hands itself through z
          w.mask[k] = 0;
          network.encode(w);
          network.decode(w);
        }
        double nats;
        if (!own && k >= COUNT) {
          nats = mass(w.eta[k], Math.sqrt(network.psi(k)), w.target[k], k);
        } else if (own && k <= HEAVY) {
          double scale = network.psi(k) * Math.exp(-2 * BULK);
          Likelihood likelihood = k == HEAVY ? Likelihood.STUDENT_T : Likelihood.GAUSSIAN;
          nats = likelihood.nll(w.eta, w.target, k, 1, k == HEAVY ? scale : network.psi(k));
        } else {
          nats = network.logLoss(w, k);
        }
        sum[k] += nats / (ROWS - LEARNED);
        if (k == COUNT) {
          w.mask[k] = 1;
          network.encode(w);
          network.decode(w);
        }
      }
    }
    return sum;
  }

  /** {@code -log} of a Gaussian's mass nearest to a whole number. */
  private static double mass(double mean, double sd, double number, int field) {
    double last = field == FLAG ? 1 : field == CLASS ? 2 : Double.POSITIVE_INFINITY;
    double from = number == 0 ? Math.min(-0.5, mean - FAR * sd) : number - 0.5;
    double to = number == last ? Math.max(last + 0.5, mean + FAR * sd) : number + 0.5;
    double step = (to - from) / STEPS;
    double sum = 0;
    for (int i = 0; i < STEPS; i++) { // the middle of each
      double off = (from + (i + 0.5) * step - mean) / sd;
      sum += step / sd * Math.exp(-0.5 * off * off) / Math.sqrt(2 * Math.PI);
    }
    return -Math.log(Math.max(sum, Double.MIN_NORMAL));
  }
}
