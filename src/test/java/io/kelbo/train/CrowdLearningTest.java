package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.model.FieldFinding;
import io.kelbo.model.Model;
import io.kelbo.model.Snapshots;
import io.kelbo.model.UnreadableSnapshot;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is said of rows without order, by what was learned from unlabelled rows. */
class CrowdLearningTest {
  private static final int D = 6;
  private final Random random = new Random(3);

  /** Six fields that hang together by two hidden ones. */
  private double[] related() {
    double a = random.nextGaussian();
    double b = random.nextGaussian();
    double[] x = {a, a + b, a - b, b, 2 * a, a - 2 * b};
    for (int j = 0; j < D; j++) {
      x[j] = 10 * (x[j] + 0.4 * random.nextGaussian());
    }
    return x;
  }

  /** Each field as it should be, but not together. */
  private double[] torn() {
    double[] x = new double[D];
    Arrays.setAll(x, j -> related()[j]);
    return x;
  }

  /** One of three clusters at the corners of a triangle in two of four fields. */
  private double[] clustered() {
    double angle = 2 * Math.PI / 3 * random.nextInt(3);
    return near(8 * Math.cos(angle), 8 * Math.sin(angle));
  }

  private double[] near(double first, double second) {
    return new double[] {
      first + random.nextGaussian(),
      second + random.nextGaussian(),
      random.nextGaussian(),
      random.nextGaussian()
    };
  }

  private static List<double[]> some(int n, Supplier<double[]> draw) {
    return new ArrayList<>(Stream.generate(draw).limit(n).toList());
  }

  @Test
  void shouldRankAnomaliesAboveNormalRowsThoughOneTrainingRowInTwentyIsAnAnomaly() {
    List<double[]> rows = some(950, this::related);
    rows.addAll(some(25, this::torn));
    rows.addAll(some(25, () -> Arrays.stream(related()).map(v -> 3 * v + 20).toArray()));
    java.util.Collections.shuffle(rows, random);
    Model model = Tables.learn(rows);

    List<Verdict> normal = Tables.verdicts(model, some(500, this::related));
    List<Verdict> torn = Tables.verdicts(model, some(100, this::torn));
    List<Verdict> far =
        Tables.verdicts(
            model, some(100, () -> Arrays.stream(related()).map(v -> 3 * v + 20).toArray()));

    // Some torn rows fit by chance.
    assertThat(Tables.ranked(torn, normal)).isGreaterThan(0.88);
    assertThat(Tables.ranked(far, normal)).isGreaterThan(0.95);
  }

  @Test
  void shouldSeeWhatLiesBetweenClustersWhereEachFieldIsOrdinary() {
    Model model = Tables.learn(some(900, this::clustered));

    List<double[]> between = some(200, () -> near(0, 0));
    List<double[]> normal = some(500, this::clustered);

    // To the network alone the middle is the best place of all.
    assertThat(ranked(model, between, normal)).isGreaterThan(0.8);
    assertThat(ranked(Tables.alone(model), between, normal)).isLessThan(0.3);
  }

  @Test
  void shouldNotTakeASmallCrowdOfAnomaliesForHome() {
    Supplier<double[]> twin =
        () -> {
          double[] x = {25, 25, -25, 20, 40, -20};
          Arrays.setAll(x, j -> x[j] + random.nextGaussian());
          return x;
        };
    List<double[]> rows = some(970, this::related);
    rows.addAll(some(15, twin));
    Model model = Tables.learn(rows);

    assertThat(ranked(model, some(50, twin), some(500, this::related))).isGreaterThan(0.93);
  }

  private static double ranked(Model model, List<double[]> strange, List<double[]> normal) {
    return Tables.ranked(Tables.verdicts(model, strange), Tables.verdicts(model, normal));
  }

  @Test
  void shouldGiveAPValueBelowOnePercentToOneCleanRowInAHundred() {
    Model model = Tables.learn(some(2000, this::related));

    List<Verdict> fresh = Tables.verdicts(model, some(20_000, this::related));

    // The standard error of a share of 0.01 in 20,000 rows is 0.0007.
    assertThat(share(fresh, 0.01)).isBetween(0.005, 0.02);
    assertThat(share(fresh, 0.1)).isBetween(0.07, 0.14);
  }

  @Test
  void shouldGiveRowsWithHolesPValuesOnTheSameScale() {
    Model model = Tables.learn(some(2000, this::related));
    List<double[]> holed = some(10_000, this::related);
    holed.forEach(
        x -> {
          x[random.nextInt(D)] = Double.NaN;
          x[random.nextInt(D)] = Double.NaN;
        });

    List<Verdict> verdicts = Tables.verdicts(model, holed);

    assertThat(share(verdicts, 0.05)).isBetween(0.025, 0.1);
  }

  private static double share(List<Verdict> verdicts, double p) {
    return (double) verdicts.stream().filter(v -> v.pValue() < p).count() / verdicts.size();
  }

  @Test
  void shouldShareOutTheSurprisalAndPutTheTornFieldFirst() {
    Model model = Tables.learn(some(1000, this::related));
    List<double[]> rows = some(200, this::related);
    for (int r = 0; r < rows.size(); r++) {
      rows.get(r)[r % D] += r % 2 == 0 ? 80 : -80;
    }

    List<Verdict> verdicts = Tables.verdicts(model, rows);

    int first = 0;
    for (int r = 0; r < rows.size(); r++) {
      Verdict verdict = verdicts.get(r);
      assertThat(verdict.kind()).isEqualTo(VerdictKind.ANOMALY);
      assertThat(verdict.reconstruction() + verdict.latent())
          .isCloseTo(verdict.surprisal(), within(1e-9));
      double sum = verdict.fields().stream().mapToDouble(FieldFinding::contribution).sum();
      assertThat(sum).isCloseTo(verdict.surprisal(), within(1e-6));
      first += verdict.fields().get(0).name().equals("f" + r % D) ? 1 : 0;
    }
    assertThat(first).isGreaterThan(190);
  }

  @Test
  void shouldComeBackFromASnapshotAsTheSameModel() throws UnreadableSnapshot {
    Model model = Tables.learn(some(600, this::related));
    List<double[]> rows = some(50, this::torn);
    byte[] bytes = Snapshots.write(model);

    Model read = Snapshots.read(bytes);

    assertThat(Objects.requireNonNull(read.crowd()).exemplars().count()).isBetween(500, 540);
    assertThat(Snapshots.write(read)).containsExactly(bytes);
    assertThat(Tables.verdicts(read, rows)).isEqualTo(Tables.verdicts(model, rows));
  }

  @Test
  void shouldStayFiniteWhateverCameAndComes() {
    double[] absurd = {1e300, -1e300, Double.MIN_VALUE, 0, Double.NaN, 1e12};
    List<double[]> rows = some(200, this::related);
    for (int r = 0; r < 40; r++) {
      rows.get(r)[r % D] = absurd[r % 5];
    }
    Model model = Tables.learn(rows);
    List<double[]> odd = some(60, this::related);
    for (int r = 0; r < odd.size(); r++) {
      odd.get(r)[r % D] = absurd[(r / D) % absurd.length];
    }

    List<Verdict> verdicts = Tables.verdicts(model, odd);

    assertThat(verdicts)
        .allSatisfy(
            v -> {
              assertThat(v.surprisal()).isFinite().isNotNegative();
              assertThat(v.pValue()).isBetween(0.0, 1.0);
            });
  }

  @Test
  void shouldFitASnapshotWithManyColumns() {
    List<double[]> rows = some(100, () -> random.doubles(150).toArray());

    byte[] bytes = Snapshots.write(Tables.learn(rows));

    assertThat(bytes.length).isLessThan(500_000);
  }
}
