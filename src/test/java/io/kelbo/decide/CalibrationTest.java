package io.kelbo.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final int D = 10;

  /** Surprisals of normal records of ten Gaussian fields: half a χ² of ten. */
  private static double[] normal(int n, long seed) {
    Random random = new Random(seed);
    double[] scores = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < D; j++) {
        double x = random.nextGaussian();
        scores[i] += 0.5 * x * x;
      }
    }
    return scores;
  }

  private static Calibration on(double[] scores) {
    return Calibration.of(new double[][] {scores});
  }

  private static double realised(Calibration calibration, double[] fresh, double p) {
    return Arrays.stream(fresh).filter(s -> calibration.pValue(s) < p).count()
        / (double) fresh.length;
  }

  /** Kolmogorov's distance of p from uniform, over 40 calibrations of 2000 with 500 fresh each. */
  @Test
  void shouldGiveUniformPValuesOnNormalRecords() {
    double[] all = new double[40 * 500];
    for (int round = 0; round < 40; round++) {
      Calibration calibration = on(normal(2000, round));
      double[] fresh = normal(500, 1000 + round);
      for (int i = 0; i < 500; i++) {
        all[round * 500 + i] = calibration.pValue(fresh[i]);
      }
    }
    Arrays.sort(all);
    double distance = 0;
    for (int i = 0; i < all.length; i++) {
      distance = Math.max(distance, Math.abs(all[i] - (i + 0.5) / all.length));
    }

    // 1.63/√20000 = 0.0115 is the 99 % point; fresh ones share a calibration, which adds a little.
    assertThat(distance).isLessThan(0.015);
  }

  @Test
  void shouldBeWithinAFactorOfTwoOnePerMilleOut() {
    double sum = 0;
    for (int round = 0; round < 20; round++) {
      sum += realised(on(normal(2000, round)), normal(20_000, 1000 + round), 1e-3) / 20;
    }

    assertThat(sum).isBetween(0.5e-3, 2e-3);
  }

  @Test
  void shouldNotBelieveASmoothTailWhereScoresComeInLumps() {
    double[] lumps = new double[6000];
    for (int i = 0; i < lumps.length; i++) {
      lumps[i] = i % 20 != 0 ? 0.1 * (i % 7) : i % 100 == 0 ? 9 : 3 + 0.001 * (i % 11);
    }

    assertThat(realised(on(lumps), lumps, 0.005)).isLessThan(0.005);
  }

  @Test
  void shouldFallEverFurtherAndNeverReachZero() {
    Calibration calibration = on(normal(500, 1));
    double before = 1.1;
    for (double score = -1; score < 1e6; score += 0.01 + 0.02 * Math.abs(score)) {
      double p = calibration.pValue(score);
      assertThat(p).isLessThanOrEqualTo(before).isPositive().isLessThanOrEqualTo(1);
      before = p;
    }
    assertThat(calibration.pValue(-1)).isEqualTo(1);
    assertThat(calibration.pValue(1e6)).isLessThan(1e-9);
    assertThat(calibration.pValue(Double.MAX_VALUE)).isPositive();
    assertThat(calibration.pValue(Double.POSITIVE_INFINITY)).isPositive();
  }

  @Test
  void shouldNotBeSurelySurprisedByAHairMoreThanConstantScores() {
    double[] same = new double[200];
    Arrays.fill(same, 3);

    Calibration calibration = on(same);

    assertThat(calibration.pValue(3)).isGreaterThan(0.9);
    assertThat(calibration.pValue(3.001)).isGreaterThan(1e-3);
    assertThat(calibration.pValue(30)).isLessThan(1e-6);
  }

  @Test
  void shouldNotBeBlindedByAnAbsurdScoreAmongThoseLearnedFrom() {
    double[] scores = normal(500, 3);
    double cleanly = on(scores).pValue(60);
    scores[90] = 1e5;

    // 60 nats is a χ² of ten at 120; one in 500 was farther, but nothing else was near.
    assertThat(cleanly).isLessThan(1e-5);
    assertThat(on(scores).pValue(60)).isLessThan(1e-3);
    assertThat(on(scores).pValue(2e5)).isLessThan(1e-6);
  }

  @Test
  void shouldCountClustersOfHighScoresOnce() {
    double[] alone = normal(5000, 4);
    double[] clustered = new double[5000];
    double[] source = normal(500, 5);
    for (int i = 0; i < clustered.length; i++) {
      clustered[i] = source[i / 10]; // each score comes ten times in a row
    }

    assertThat(on(alone).extremalIndex()).isGreaterThan(0.65);
    assertThat(on(clustered).extremalIndex()).isBetween(0.08, 0.13);
  }

  @Test
  void shouldOpenAsManyEpisodesAsTheBudgetWants() {
    double wanted = 1e-3;
    double opened = 0;
    for (int round = 0; round < 20; round++) {
      Calibration calibration = on(normal(2000, round));
      double threshold = calibration.threshold(wanted);
      int quiet = Calibration.RUN;
      for (double score : normal(20_000, 500 + round)) {
        boolean anomaly = calibration.pValue(score) < threshold;
        opened += anomaly && quiet >= Calibration.RUN ? 1 / 400_000.0 : 0;
        quiet = anomaly ? 0 : quiet + 1;
      }
    }

    assertThat(opened).isBetween(0.6 * wanted, 1.6 * wanted);
  }

  @Test
  void shouldBeginAClusterWithEachEntity() {
    double[][] streams = new double[50][20];
    for (int i = 0; i < 50; i++) {
      Arrays.setAll(streams[i], k -> k);
      streams[i][3] = 100 + i;
    }

    assertThat(Calibration.of(streams).extremalIndex()).isEqualTo(1);
  }

  @Test
  void shouldAllowMoreRecordsWhereTheyComeInClusters() {
    double[] scores = normal(100, 1);
    Arrays.sort(scores);

    assertThat(new Calibration(scores, 1).threshold(0.001)).isEqualTo(0.001);
    assertThat(new Calibration(scores, 0.2).threshold(0.001)).isCloseTo(0.005, within(1e-12));
  }

  @Test
  void shouldFlagNothingCommonUnlessTheBudgetIsLoose() {
    double[] scores = normal(100, 1);
    Arrays.sort(scores);

    assertThat(new Calibration(scores, 0.05).threshold(0.005)).isEqualTo(0.01);
    assertThat(new Calibration(scores, 0.05).threshold(0.3)).isEqualTo(0.3);
  }

  @Test
  void shouldRefuseScoresThatCannotCalibrate() {
    double[] few = new double[19];
    double[] unsorted = normal(50, 1);
    double[] broken = new double[50];
    broken[49] = Double.NaN;

    assertThatThrownBy(() -> new Calibration(few, 1)).hasMessageContaining("19 scores");
    assertThatThrownBy(() -> new Calibration(unsorted, 1)).hasMessageContaining("ascending");
    assertThatThrownBy(() -> new Calibration(broken, 1)).hasMessageContaining("NaN");
    for (double index : new double[] {0, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new Calibration(new double[50], index))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("extremal index");
    }
  }
}
