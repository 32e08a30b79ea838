package io.kelbo.backtest;

import static io.kelbo.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kelbo.table.BadTable;
import io.kelbo.table.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeQualityTest {
  private static final Path DATA =
      Path.of(System.getProperty("kelbo.home", "."), "..", "shared", "data");

  private static boolean[] strange(int rows, int... beginsAndEnds) {
    boolean[] strange = new boolean[rows];
    for (int i = 0; i < beginsAndEnds.length; i += 2) {
      Arrays.fill(strange, beginsAndEnds[i], beginsAndEnds[i + 1], true);
    }
    return strange;
  }

  private static double[] guesses(int rows, long seed) {
    return new Random(seed).doubles(rows).toArray();
  }

  private static RangeQuality one(double[] scores, boolean[] strange) {
    return RangeQuality.of(scores, strange, new int[scores.length]);
  }

  @Test
  void shouldFindTheVolumesAndAreasThatNumpyFinds() {
    boolean[] strange = strange(400, 40, 47, 52, 53, 180, 240, 390, 400);
    double[] scores = new double[400];
    Arrays.setAll(
        scores, i -> Math.sin(1 + 0.37 * i) + 0.3 * Math.sin(1 + 2.3 * i) + (strange[i] ? 0.8 : 0));

    RangeCurves curves = new RangeCurves(scores, strange, new int[400]);
    RangeQuality volumes = one(scores, strange);

    RangeCurves.Areas none = curves.areas(0);
    RangeCurves.Areas odd = curves.areas(7);
    RangeCurves.Areas longest = curves.areas(100);
    assertGolden(
        "range_pr", new double[] {none.pr(), odd.pr(), longest.pr(), volumes.vusPr()}, 1e-12);
    assertGolden(
        "range_roc", new double[] {none.roc(), odd.roc(), longest.roc(), volumes.vusRoc()}, 1e-12);
  }

  /** The score: how far the first field is from the row before. Golden: another numpy scorer. */
  @ParameterizedTest
  @CsvSource({
    "skab/valve1_0,1147,0.403520,0.554380",
    "nab/realKnownCause/ambient_temperature_system_failure,7267,0.120850,0.556711",
    "msl/C-1_test,2264,0.284174,0.702001",
    "ecg/MBA_ECG805,60000,0.151229,0.749545",
    "asd/omi-1_test,4320,0.142799,0.502251"
  })
  void shouldAgreeOnRealFiles(String name, int rows, double vusPr, double vusRoc) throws BadTable {
    Path file = DATA.resolve(name + ".csv.gz");
    assumeTrue(Files.exists(file), "no file " + file.normalize());
    Table table = Table.read(file);
    double[] scores = new double[table.rows()];
    boolean[] strange = new boolean[table.rows()];
    for (int r = 0; r < scores.length; r++) {
      double now = Double.parseDouble(table.cell(r, 1));
      scores[r] = r == 0 ? 0 : Math.abs(now - Double.parseDouble(table.cell(r - 1, 1)));
      strange[r] = Double.parseDouble(table.cell(r, table.column("anomaly"))) > 0.5;
    }

    RangeQuality quality = one(scores, strange);

    assertThat(table.rows()).isEqualTo(rows);
    assertThat(quality.vusPr()).isCloseTo(vusPr, within(1e-3));
    assertThat(quality.vusRoc()).isCloseTo(vusRoc, within(1e-3));
  }

  @Test
  void shouldBeOneWhenTheScoreIsTheLabel() {
    boolean[] strange = strange(1000, 100, 130, 500, 501, 900, 1000);
    double[] scores = new double[1000];
    Arrays.setAll(scores, i -> strange[i] ? 1 : 0);

    RangeQuality quality = one(scores, strange);

    assertThat(quality.vusPr()).isCloseTo(1, within(1e-12));
    assertThat(quality.vusRoc()).isCloseTo(1, within(1e-12));
  }

  @Test
  void shouldBeAveragePrecisionWithoutABufferWhereOneStretchIsFlaggedFirst() {
    boolean[] strange = strange(200, 60, 90);
    double[] scores = guesses(200, 7);
    scores[75] = 2;

    RangeCurves.Areas areas = new RangeCurves(scores, strange, new int[200]).areas(0);

    RankQuality rows = RankQuality.of(scores, strange);
    assertThat(areas.pr()).isCloseTo(rows.prAuc(), within(1e-12));
    assertThat(areas.roc()).isCloseTo(rows.rocAuc(), within(1e-12));
  }

  @Test
  void shouldOweNothingToTheScoresUnitNorToWhatIsNearlyRight() {
    boolean[] strange = strange(2000, 300, 340, 1500, 1520);
    double[] scores = guesses(2000, 8);
    double[] late = scores.clone();
    Arrays.fill(late, 310, 350, 5);
    Arrays.fill(late, 1510, 1530, 5);
    double[] bent = Arrays.stream(late).map(s -> Math.exp(3 * s) - 7).toArray();

    assertThat(one(bent, strange)).isEqualTo(one(late, strange));
    assertThat(one(late, strange).vusPr()).isGreaterThan(RankQuality.of(late, strange).prAuc());
  }

  @Test
  void shouldEndBuffersWhereASeriesEnds() {
    double[] scores = guesses(600, 9);
    boolean[] strange = strange(600, 280, 300);
    int[] together = new int[600];
    int[] apart = new int[600];
    Arrays.fill(apart, 300, 600, 1);
    Arrays.fill(scores, 300, 320, 3); // after the stretch, in the other series: no merit there

    assertThat(one(scores, strange)).isEqualTo(RangeQuality.of(scores, strange, together));
    assertThat(RangeQuality.of(scores, strange, apart).vusPr())
        .isLessThan(0.5 * one(scores, strange).vusPr());
  }

  @Test
  void shouldTakeSeriesApartWhoseRowsTakeTurns() {
    double[] scores = guesses(600, 10);
    boolean[] strange = strange(600, 100, 120, 400, 430);
    int[] series = new int[600];
    Arrays.fill(series, 300, 600, 1);
    double[] turns = new double[600];
    boolean[] strangeTurns = new boolean[600];
    int[] seriesTurns = new int[600];
    for (int i = 0; i < 300; i++) {
      for (int s = 0; s < 2; s++) {
        turns[2 * i + s] = scores[300 * s + i];
        strangeTurns[2 * i + s] = strange[300 * s + i];
        seriesTurns[2 * i + s] = s;
      }
    }

    assertThat(RangeQuality.of(turns, strangeTurns, seriesTurns))
        .isEqualTo(RangeQuality.of(scores, strange, series));
  }

  @Test
  void shouldHaveNoFiguresWhenAllLabelsAreTheSame() {
    assertThat(one(guesses(50, 11), new boolean[50]).vusPr()).isNaN();
    assertThat(one(guesses(50, 12), strange(50, 0, 50)).vusRoc()).isNaN();
    assertThat(one(new double[0], new boolean[0]).vusPr()).isNaN();
  }

  @Test
  void shouldBeAnsweredForEveryOtherRowStrange() {
    int rows = 100_000;
    boolean[] strange = new boolean[rows];
    double[] scores = guesses(rows, 13);
    for (int i = 0; i < rows; i += 2) {
      strange[i] = true;
    }

    RangeQuality quality = one(scores, strange);

    assertThat(quality.vusPr()).isBetween(0.5, 1.0);
    assertThat(quality.vusRoc()).isBetween(0.4, 1.0);
  }
}
