package io.kelbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.context.EntityState;
import io.kelbo.decide.Calibration;
import io.kelbo.record.Incoming;
import io.kelbo.record.Observation;
import io.kelbo.record.Source;
import io.kelbo.record.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private final Learned learned = new Learned();
  private final Model model = learned.model();
  private final Judge judge = new Judge(model, Duration.ofMinutes(10));
  private final EntityState state = EntityState.fresh("m-1", Learned.FIELDS);

  private Verdict judge(Incoming incoming) {
    return judge.judge(incoming, state).verdict();
  }

  private static Incoming changed(Incoming incoming, int field, double value) {
    Observation o = incoming.observation();
    double[] numbers = new double[Learned.FIELDS.size()];
    String[] texts = new String[numbers.length];
    for (int j = 0; j < numbers.length; j++) {
      numbers[j] = j == field ? value : o.number(j);
      texts[j] = o.text(j);
    }
    return new Incoming(
        incoming.entity(),
        incoming.time(),
        incoming.source(),
        new Observation(Learned.FIELDS, numbers, texts));
  }

  private void fillRing() {
    for (int i = 0; i < 40; i++) {
      judge(learned.next());
    }
  }

  @Test
  void shouldCallNormalRecordsNormalAndExplainNone() {
    int anomalies = 0;
    for (int i = 0; i < 2000; i++) {
      Verdict verdict = judge(learned.next());
      anomalies += verdict.kind() == VerdictKind.ANOMALY ? 1 : 0;
      if (verdict.kind() == VerdictKind.NORMAL) {
        assertThat(verdict.fields()).isEmpty();
      }
    }

    assertThat(anomalies).isLessThan(12); // 2 are wanted; 300 rows know a per mille badly
  }

  @Test
  void shouldSayWhichFieldIsStrangeAndWhatWasExpected() {
    fillRing();
    Incoming normal = learned.next();

    Verdict verdict = judge(changed(normal, 1, 140));

    assertThat(verdict.kind()).isEqualTo(VerdictKind.ANOMALY);
    assertThat(verdict.pValue()).isLessThan(verdict.thresholdP());
    assertThat(verdict.surprisal()).isEqualTo(verdict.reconstruction() + verdict.latent());
    assertThat(verdict.fields()).hasSize(Learned.FIELDS.size());
    FieldFinding worst = verdict.fields().get(0);
    assertThat(worst.name()).isEqualTo("power");
    assertThat(worst.value()).isEqualTo(new Value.Number(140));
    assertThat(normal.observation().number(1)).isBetween(worst.low(), worst.high());
    assertThat(verdict.fields().stream().mapToDouble(FieldFinding::contribution).sum())
        .isCloseTo(verdict.surprisal(), within(1e-9 * verdict.surprisal()));
    assertThat(verdict.fields())
        .extracting(FieldFinding::contribution)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void shouldFillWhatIsMissing() {
    fillRing();
    Incoming whole = learned.next();

    Judged judged = judge.judge(changed(whole, 1, Double.NaN), state);

    assertThat(judged.imputations()).hasSize(1);
    Imputation imputation = judged.imputations().get(0);
    assertThat(imputation.field()).isEqualTo("power");
    assertThat(imputation.method()).isEqualTo("factor_analysis");
    assertThat(((Value.Number) imputation.value()).number())
        .isCloseTo(whole.observation().number(1), within(4 * imputation.sd()));
    assertThat(imputation.sd()).isBetween(0.5, 5.0);
    assertThat(judged.verdict().kind()).isEqualTo(VerdictKind.NORMAL);
  }

  @Test
  void shouldOpenContinueAndCloseAnEpisode() {
    fillRing();
    Verdict opening = judge(changed(learned.next(), 2, 60));
    List<Verdict> after = new ArrayList<>();
    int last = -1; // the means of recent values stay odd for a while
    for (int i = 0; i < 60; i++) {
      after.add(judge(learned.next()));
      last = after.get(i).kind() == VerdictKind.ANOMALY ? i : last;
    }

    Episode opened = new Episode(opening.id(), Episode.State.OPENED);
    assertThat(opening.episode()).isEqualTo(opened);
    for (int i = 0; i <= last; i++) {
      boolean anomaly = after.get(i).kind() == VerdictKind.ANOMALY;
      assertThat(after.get(i).episode())
          .isEqualTo(anomaly ? new Episode(opening.id(), Episode.State.CONTINUED) : null);
    }
    Verdict closing = after.get(last + Calibration.RUN);
    assertThat(closing.episode()).isEqualTo(new Episode(opening.id(), Episode.State.CLOSED));
    assertThat(closing.kind()).isEqualTo(VerdictKind.NORMAL);
    assertThat(closing.alarming()).isTrue();
    assertThat(after.subList(last + 1, 60).stream().filter(v -> v.episode() != null))
        .containsExactly(closing);
    assertThat(state.episode()).isNull();
  }

  @Test
  void shouldNotScoreWhatWasLearnedFromBeforeAnyModel() {
    Incoming old = learned.next();
    Incoming before =
        new Incoming("m-1", old.time(), new Source("plant", 0, 299), old.observation());
    Incoming after =
        new Incoming("m-1", old.time(), new Source("plant", 0, 300), old.observation());
    Incoming elsewhere =
        new Incoming("m-1", old.time(), new Source("plant", 1, 299), old.observation());

    assertThat(judge(before).kind()).isEqualTo(VerdictKind.WARMING_UP);
    assertThat(judge(before).pValue()).isNaN();
    assertThat(judge(after).scored()).isTrue();
    assertThat(judge(elsewhere).scored()).isTrue();
    assertThat(state.seen()).isEqualTo(4);
  }

  @Test
  void shouldNotScoreTheLateNorTheEmpty() {
    fillRing();
    Incoming next = learned.next();
    Incoming late =
        new Incoming(
            "m-1", next.time().minus(Duration.ofMinutes(11)), next.source(), next.observation());
    double[] nothing = new double[Learned.FIELDS.size()];
    java.util.Arrays.fill(nothing, Double.NaN);
    long seen = state.seen();

    Verdict tooLate = judge(late);
    Verdict empty = judge(learned.record(nothing, null));

    assertThat(tooLate.kind()).isEqualTo(VerdictKind.LATE);
    assertThat(empty.kind()).isEqualTo(VerdictKind.UNSCORABLE);
    assertThat(state.seen()).isEqualTo(seen + 1); // silence is remembered, the late record is not
  }

  @Test
  void shouldNoticeAFieldThatFellSilentAndOneThatIsStuck() {
    fillRing();
    int silent = 0;
    int stuck = 0;
    for (int i = 0; i < 16; i++) {
      Verdict verdict = judge(changed(learned.next(), 1, Double.NaN));
      silent += verdict.kind() == VerdictKind.ANOMALY ? 1 : 0;
      assertThat(verdict.surprisal()).isFinite();
    }
    fillRing();
    for (int i = 0; i < 16; i++) {
      stuck += judge(changed(learned.next(), 0, 1507.25)).kind() == VerdictKind.ANOMALY ? 1 : 0;
    }

    assertThat(silent).isGreaterThan(10);
    assertThat(stuck).isGreaterThan(8);
  }
}
