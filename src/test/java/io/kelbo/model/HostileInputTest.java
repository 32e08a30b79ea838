package io.kelbo.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.context.EntityState;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.record.EntityRule;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Incoming;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import io.kelbo.train.TrainingSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is learned from and whatever comes: no exception, no NaN, no infinity in a verdict. */
class HostileInputTest {
  private static final double[] NASTY = {
    0,
    -0.0,
    1,
    -1,
    1e300,
    -1e300,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.MIN_VALUE,
    1e-310,
    1e9,
    -1e9,
    1e18,
    0.1,
    Double.NaN,
    1 / 0.0,
    -1 / 0.0,
    Math.PI,
    255,
    1e-12
  };
  private static final double[] STEPS = {1, Double.MIN_VALUE, 1e300};
  private static final @Nullable String[] TEXTS = {
    null, "a", "b", "", "\0", "ü€𝄞", "x".repeat(400)
  };

  private static Fields fields(Random random) {
    int n = 1 + random.nextInt(5);
    List<Field> fields = new ArrayList<>();
    for (int j = 0; j < n; j++) {
      FieldKind kind = FieldKind.values()[random.nextInt(FieldKind.values().length)];
      Field field = new Field("f" + j, kind);
      fields.add(field.total() ? field.stepping(STEPS[random.nextInt(STEPS.length)]) : field);
    }
    return new Fields(fields);
  }

  private static double nasty(Random random) {
    return NASTY[random.nextInt(NASTY.length)];
  }

  /** Each field behaves for most of the time, in a scale that may be absurd itself. */
  private static Incoming record(Fields fields, Random random, long at, double[] scales, int odds) {
    double[] numbers = new double[fields.size()];
    String[] texts = new String[fields.size()];
    for (int j = 0; j < numbers.length; j++) {
      boolean wild = random.nextInt(100) < odds;
      double tame = scales[j] * (random.nextInt(3) == 0 ? 1 : random.nextDouble());
      numbers[j] =
          switch (fields.get(j).kind()) {
            case QUANTITY -> wild ? nasty(random) : tame;
            case COUNT -> wild ? nasty(random) : Math.rint(Math.abs(tame));
            case FLAG -> wild ? Double.NaN : random.nextInt(2);
            case CATEGORY -> Double.NaN;
            case TOTAL -> wild ? nasty(random) : at * scales[j] + tame;
          };
      texts[j] = TEXTS[wild ? random.nextInt(TEXTS.length) : 1 + random.nextInt(2)];
    }
    return new Incoming(
        "e",
        Instant.ofEpochSecond(at),
        new Source("t", 0, at),
        new Observation(fields, numbers, texts));
  }

  private static @Nullable Model model(
      Fields fields, Random random, double[] scales, boolean tabular) {
    List<Run.Moment> moments = new ArrayList<>();
    int odds = random.nextInt(4) * 10;
    for (int i = 0; i < 60 + random.nextInt(100); i++) {
      Incoming next = record(fields, random, i, scales, odds);
      moments.add(new Run.Moment(next.time(), next.source(), next.observation(), false));
    }
    Outcome outcome =
        Trainer.train(
            new InputLayout(fields, new EntityRule.Key(), null),
            List.of(new Run("e", moments)),
            new TrainingSettings(1, AlarmBudget.of("0.1"), tabular),
            new Lineage(new ModelId("default", 1), Instant.EPOCH, null, List.of()));
    if (outcome instanceof Outcome.Rejected rejected) {
      assertThat(rejected.reason()).contains("records to learn from"); // nearly all were empty
      return null;
    }
    return ((Outcome.Promoted) outcome).model();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void shouldGiveFiniteFiguresWhateverComes(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 25; round++) {
      Fields fields = fields(random);
      double[] scales = random.doubles(fields.size()).map(u -> nastyScale(random)).toArray();
      Model model = model(fields, random, scales, random.nextInt(3) == 0);
      if (model == null) {
        continue;
      }
      Judge judge = new Judge(model, Duration.ofDays(1));
      EntityState state = EntityState.fresh("e", fields);
      for (int i = 0; i < 120; i++) {
        Judged judged = judge.judge(record(fields, random, i, scales, 40), state);
        assertFinite(judged, fields + " scales " + java.util.Arrays.toString(scales));
      }
    }
  }

  private static double nastyScale(Random random) {
    double scale = nasty(random);
    return Double.isFinite(scale) ? scale : 1;
  }

  private static void assertFinite(Judged judged, String about) {
    Verdict v = judged.verdict();
    if (v.kind() == VerdictKind.UNSCORABLE) {
      return;
    }
    assertThat(v.scored()).isTrue();
    for (double figure :
        new double[] {v.surprisal(), v.reconstruction(), v.latent(), v.alarmScore()}) {
      assertThat(figure).as(about).isFinite().isNotNegative();
    }
    assertThat(v.pValue()).as(about).isPositive().isLessThanOrEqualTo(1);
    for (FieldFinding f : v.fields()) {
      assertThat(f.contribution()).as(about).isFinite().isNotNegative();
      assertThat(Double.isInfinite(f.low()) || Double.isInfinite(f.high())).as(about).isFalse();
    }
    for (Imputation i : judged.imputations()) {
      assertThat(Double.isInfinite(i.sd())).as(about).isFalse();
    }
  }
}
