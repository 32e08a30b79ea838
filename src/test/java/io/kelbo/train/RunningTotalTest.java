package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.context.EntityState;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Episode;
import io.kelbo.model.FieldFinding;
import io.kelbo.model.Imputation;
import io.kelbo.model.Judge;
import io.kelbo.model.Judged;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import io.kelbo.record.EntityRule;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Incoming;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import io.kelbo.record.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two electricity meters of one model, whose energy only ever grows, one from far higher up. */
class RunningTotalTest {
  private static final int LEARNED = 1500; // records of each meter
  private static final int RECORDS = 3000;
  private static final int FAULT = 2500;
  private static final double NONE = Double.NaN;
  private static final Fields FIELDS =
      new Fields(
          List.of(
              new Field("voltage", FieldKind.QUANTITY),
              new Field("power", FieldKind.QUANTITY),
              new Field("energy", FieldKind.TOTAL).stepping(0.5)));
  private static final String[] METERS = {"low", "high"};

  private static final double[][][] ROWS = {rows(20, 1), rows(4e6, 2)};
  private static Model model;

  /** (records)(fields): the power goes up and down, and the energy is its sum. */
  private static double[][] rows(double stands, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[RECORDS][];
    double energy = stands;
    for (int i = 0; i < RECORDS; i++) {
      double power = 10 * (1.5 + Math.sin(i / 50.0)) * Math.exp(0.1 * random.nextGaussian());
      energy += power / 30 * Math.exp(0.05 * random.nextGaussian());
      x[i] = new double[] {230 + random.nextGaussian(), power, energy};
    }
    return x;
  }

  private static Observation observation(double[] row) {
    return new Observation(FIELDS, row, new String[row.length]);
  }

  private static Source source(int meter, int at) {
    return new Source("meters", meter, at);
  }

  @BeforeAll
  static void learn() {
    List<Run> runs = new ArrayList<>();
    for (int meter = 0; meter < METERS.length; meter++) {
      List<Run.Moment> moments = new ArrayList<>();
      for (int i = 0; i < LEARNED; i++) {
        Observation row = observation(ROWS[meter][i]);
        moments.add(new Run.Moment(Streams.START.plusSeconds(i), source(meter, i), row, false));
      }
      runs.add(new Run(METERS[meter], moments));
    }
    Outcome outcome =
        Trainer.train(
            new InputLayout(FIELDS, new EntityRule.Key(), null),
            runs,
            new TrainingSettings(1, AlarmBudget.of("0.001"), false),
            new Lineage(new ModelId("default", 1), Streams.START, null, List.of()));
    model = ((Outcome.Promoted) outcome).model();
  }

  /** What is said of a meter's records after those learned from, as it would be in a stream. */
  private static List<Judged> judged(int meter, double[][] rows, int until) {
    Judge judge = new Judge(model, Duration.ofHours(1));
    byte[] bytes = null;
    List<Judged> all = new ArrayList<>();
    for (int i = LEARNED - 200; i < until; i++) {
      EntityState state = EntityState.read(METERS[meter], FIELDS, bytes);
      Incoming incoming =
          new Incoming(
              METERS[meter], Streams.START.plusSeconds(i), source(meter, i), observation(rows[i]));
      Judged one = judge.judge(incoming, state);
      bytes = state.write();
      if (i >= LEARNED) {
        all.add(one);
      }
    }
    return all;
  }

  /** The record of the fault in another version of a meter's rows. */
  private static Judged judged(int meter, double... row) {
    double[][] rows = ROWS[meter].clone();
    rows[FAULT] = row;
    List<Judged> all = judged(meter, rows, FAULT + 1);
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
    for (int meter = 0; meter < METERS.length; meter++) {
      long alarms =
          judged(meter, ROWS[meter], RECORDS).stream()
              .map(one -> one.verdict().episode())
              .filter(episode -> episode != null && episode.state() == Episode.State.OPENED)
              .count();
      assertThat(alarms).isLessThanOrEqualTo(5); // of 1,500, where 1.5 are granted
    }
  }

  @Test
  void shouldFindAMeterThatStandsStillAndSayWhereItShouldStand() {
    for (int meter = 0; meter < METERS.length; meter++) {
      double[] usual = ROWS[meter][FAULT];
      double before = ROWS[meter][FAULT - 1][2];

      Verdict verdict = judged(meter, usual[0], usual[1], before).verdict();

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
    double[] usual = ROWS[1][FAULT];

    Verdict leapt = judged(1, usual[0], usual[1], usual[2] + 5).verdict();
    Verdict reset = judged(1, usual[0], usual[1], 0.3).verdict();

    assertThat(leapt.kind()).isEqualTo(VerdictKind.ANOMALY);
    assertThat(reset.kind()).isEqualTo(VerdictKind.ANOMALY);
    assertThat(leapt.fields().get(0).name()).isEqualTo("energy");
    assertThat(reset.fields().get(0).name()).isEqualTo("energy");
    assertThat(number(energy(reset).expected())).isCloseTo(usual[2], within(1.0));
  }

  @Test
  void shouldFillInWhereAMeterWouldStand() {
    for (int meter = 0; meter < METERS.length; meter++) {
      double[] usual = ROWS[meter][FAULT];

      List<Imputation> filled = judged(meter, usual[0], usual[1], NONE).imputations();

      assertThat(filled).extracting(Imputation::field).containsExactly("energy");
      double off = number(filled.get(0).value()) - usual[2];
      assertThat(filled.get(0).sd()).isBetween(0.01 * usual[1] / 30, 0.3 * usual[1] / 30);
      assertThat(off / filled.get(0).sd()).isBetween(-4.0, 4.0);
    }
  }

  @Test
  void shouldNeitherFillInNorFlagWhatAMetersFirstRecordCannotSay() {
    assertThat(first(230, 14, NONE).imputations()).isEmpty();
    assertThat(first(230, 14, 7e9).verdict().kind()).isEqualTo(VerdictKind.NORMAL);
    Verdict strange = first(300, 14, 7e9).verdict();
    assertThat(strange.kind()).isEqualTo(VerdictKind.ANOMALY);
    assertThat(energy(strange).expected()).isEqualTo(new Value.Number(7e9));
  }

  private static Judged first(double... row) {
    Incoming incoming =
        new Incoming("new", Streams.START, new Source("meters", 5, 0), observation(row));
    return new Judge(model, Duration.ofHours(1)).judge(incoming, EntityState.fresh("new", FIELDS));
  }
}
