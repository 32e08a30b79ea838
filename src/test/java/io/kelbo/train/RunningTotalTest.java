package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.context.EntityState;
import io.kelbo.model.Episode;
import io.kelbo.model.FieldFinding;
import io.kelbo.model.Imputation;
import io.kelbo.model.Judge;
import io.kelbo.model.Judged;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import io.kelbo.record.Incoming;
import io.kelbo.record.Source;
import io.kelbo.record.Value;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Running totals are judged by what they grow by, and told by where they should stand. */
class RunningTotalTest {
  /** The record of the fault in another version of a meter's rows. */
  private static Judged judged(int meter, double... row) {
    List<Judged> all = Meters.judged(meter, Meters.with(meter, row), Meters.FAULT + 1);
    return all.get(all.size() - 1);
  }

  private static FieldFinding energy(Verdict verdict) {
    return verdict.fields().stream().filter(f -> f.name().equals("energy")).findFirst().get();
  }

  private static double number(Value value) {
    return ((Value.Number) value).number();
  }

  @Test
  void shouldFindMetersUsualThatStandFarHigherThanLearned() {
    for (int meter = 0; meter < Meters.METERS.length; meter++) {
      long alarms =
          Meters.judged(meter, Meters.ROWS[meter], Meters.RECORDS).stream()
              .map(one -> one.verdict().episode())
              .filter(episode -> episode != null && episode.state() == Episode.State.OPENED)
              .count();
      assertThat(alarms).isLessThanOrEqualTo(5); // of 1,500, where 1.5 are granted
    }
  }

  @Test
  void shouldFindAMeterThatStandsStillAndSayWhereItShouldStand() {
    for (int meter = 0; meter < Meters.METERS.length; meter++) {
      double[] usual = Meters.ROWS[meter][Meters.FAULT];
      double before = Meters.ROWS[meter][Meters.FAULT - 1][2];

      Verdict verdict = judged(meter, usual[0], usual[1], before, usual[3]).verdict();

      assertThat(verdict.kind()).isEqualTo(VerdictKind.ANOMALY);
      assertThat(verdict.fields().get(0).name()).isEqualTo("energy");
      FieldFinding energy = energy(verdict);
      assertThat(number(energy.value())).isEqualTo(before);
      assertThat(number(energy.expected())).isCloseTo(usual[2], within(0.25 * usual[1] / 30));
      assertThat(energy.low()).isBetween(before, usual[2]);
      assertThat(energy.high()).isBetween(usual[2], before + usual[1] / 15);
      double sum = verdict.fields().stream().mapToDouble(FieldFinding::contribution).sum();
      assertThat(sum).isCloseTo(verdict.surprisal(), within(1e-6 * verdict.surprisal()));
    }
  }

  @Test
  void shouldFindAMeterThatLeapsOrBeginsAnew() {
    double[] usual = Meters.ROWS[1][Meters.FAULT];

    Verdict leapt = judged(1, usual[0], usual[1], usual[2] + 5, usual[3]).verdict();
    Verdict reset = judged(1, usual[0], usual[1], 0.3, 0).verdict();

    assertThat(leapt.kind()).isEqualTo(VerdictKind.ANOMALY);
    assertThat(reset.kind()).isEqualTo(VerdictKind.ANOMALY);
    assertThat(leapt.fields().get(0).name()).isEqualTo("energy");
    assertThat(reset.fields().get(0).name()).isEqualTo("energy");
    assertThat(number(energy(reset).expected())).isCloseTo(usual[2], within(1.0));
  }

  @Test
  void shouldFillInWhereAMeterWouldStand() {
    for (int meter = 0; meter < Meters.METERS.length; meter++) {
      double[] usual = Meters.ROWS[meter][Meters.FAULT];

      List<Imputation> filled =
          judged(meter, usual[0], usual[1], Meters.NONE, usual[3]).imputations();

      assertThat(filled).extracting(Imputation::field).containsExactly("energy");
      double off = number(filled.get(0).value()) - usual[2];
      assertThat(filled.get(0).sd()).isBetween(0.01 * usual[1] / 30, 0.3 * usual[1] / 30);
      assertThat(off / filled.get(0).sd()).isBetween(-4.0, 4.0);
    }
  }

  @Test
  void shouldNeitherFillInNorFlagWhatAMetersFirstRecordCannotSay() {
    assertThat(first(230, 14, Meters.NONE, 5).imputations()).isEmpty();
    assertThat(first(230, 14, 7e9, 5).verdict().kind()).isEqualTo(VerdictKind.NORMAL);
    Verdict strange = first(300, 14, 7e9, 5).verdict();
    assertThat(strange.kind()).isEqualTo(VerdictKind.ANOMALY);
    assertThat(energy(strange).expected()).isEqualTo(new Value.Number(7e9));
    assertThat(energy(strange).low()).isNaN();
    Verdict without = first(300, 14, Meters.NONE, 5).verdict();
    assertThat(without.fields()).extracting(FieldFinding::name).doesNotContain("energy");
    double sum = without.fields().stream().mapToDouble(FieldFinding::contribution).sum();
    assertThat(sum).isCloseTo(without.surprisal(), within(1e-6 * without.surprisal()));
  }

  private static Judged first(double... row) {
    Incoming incoming =
        new Incoming("new", Streams.START, new Source("meters", 5, 0), Meters.observation(row));
    return new Judge(Meters.MODEL, Duration.ofHours(1))
        .judge(incoming, EntityState.fresh("new", Meters.FIELDS));
  }
}
