package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.context.Said;
import io.kelbo.model.FieldFinding;
import io.kelbo.model.Judged;
import io.kelbo.model.Opinion;
import io.kelbo.model.VerdictKind;
import io.kelbo.record.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a leap of a running total leaves behind, and what people may say of it. */
class AfterATotalLeaptTest {
  private static final int METER = 1;
  private static final int AFTER = 200;

  private static long anomalies(List<Judged> judged, int from, int to) {
    return judged.subList(from - Meters.LEARNED, to - Meters.LEARNED).stream()
        .filter(one -> one.verdict().kind() == VerdictKind.ANOMALY)
        .count();
  }

  /** The meter's rows with something added to its energy from a record on. */
  private static double[][] moved(int from, double by) {
    double[][] rows = Meters.ROWS[METER].clone();
    for (int i = from; i < rows.length; i++) {
      rows[i] = rows[i].clone();
      rows[i][2] += by;
    }
    return rows;
  }

  @Test
  void shouldHardlyFlagMoreThanTheRecordWhereATotalBeginsAnew() {
    double[][] rows = moved(Meters.FAULT, -Meters.ROWS[METER][Meters.FAULT - 1][2]);
    int end = Meters.FAULT + AFTER;

    List<Judged> judged = Meters.judged(METER, rows, end);

    long usual = anomalies(Meters.judged(METER, Meters.ROWS[METER], end), Meters.FAULT, end);
    assertThat(anomalies(judged, Meters.FAULT, Meters.FAULT + 1)).isEqualTo(1);
    assertThat(anomalies(judged, Meters.FAULT, end)).isLessThanOrEqualTo(usual + 5);
  }

  @Test
  void shouldFlagNeitherAFewThingsMoreNorACountThatBeginsAnew() {
    double[] usual = Meters.ROWS[METER][Meters.FAULT];
    double before = Meters.ROWS[METER][Meters.FAULT - 1][3];

    for (double outages : new double[] {before, before + 1, 0}) {
      double[][] rows = Meters.with(METER, usual[0], usual[1], usual[2], outages);
      List<Judged> judged = Meters.judged(METER, rows, Meters.FAULT + 1);
      assertThat(anomalies(judged, Meters.FAULT, Meters.FAULT + 1)).isZero();
    }
    double[][] many = Meters.with(METER, usual[0], usual[1], usual[2], before + 30);
    List<FieldFinding> found =
        Meters.judged(METER, many, Meters.FAULT + 1)
            .get(Meters.FAULT - Meters.LEARNED)
            .verdict()
            .fields();
    assertThat(found.get(0).name()).isEqualTo("outages");
  }

  /** From one record on the meter runs twice as fast, and its owner says that this is right. */
  @Test
  void shouldTakeAFasterMeterForUsualOnceItIsAcceptedThoughItBeganAnewMeanwhile() {
    for (int said : new int[] {1, 12}) {
      for (boolean anew : new boolean[] {false, true}) {
        double[][] rows = faster(anew);
        Opinion opinion =
            new Opinion(
                new Source("meters", METER, Meters.FAULT).id(),
                Said.ACCEPT_NORMAL,
                Meters.observation(rows[Meters.FAULT]));
        int end = Meters.FAULT + AFTER;

        List<Judged> ignored = Meters.judged(METER, rows, end);
        List<Judged> accepted = Meters.judged(METER, rows, end, Meters.FAULT + said, opinion);

        assertThat(anomalies(ignored, end - 100, end)).isEqualTo(100);
        assertThat(anomalies(accepted, end - 100, end))
            .isLessThan(said == 1 ? 70 : 5); // one record says little of the new level
      }
    }
  }

  private static double[][] faster(boolean anew) {
    double[][] rows = Meters.ROWS[METER].clone();
    double energy = rows[Meters.FAULT - 1][2];
    for (int i = Meters.FAULT; i < rows.length; i++) {
      energy += 3 * (Meters.ROWS[METER][i][2] - Meters.ROWS[METER][i - 1][2]);
      energy = anew && i == Meters.FAULT + 4 ? 0 : energy;
      rows[i] = rows[i].clone();
      rows[i][2] = energy;
    }
    return rows;
  }
}
