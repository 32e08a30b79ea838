package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.context.EntityState;
import io.kelbo.model.FieldFinding;
import io.kelbo.model.Judge;
import io.kelbo.model.Model;
import io.kelbo.model.Snapshots;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * From a sample to verdicts: what is odd over time stands out, though each record alone is usual.
 */
class StreamScoringTest {
  private static final int WARM_UP = 1200;
  private static final int ODD = 1810;

  /** Share of the usual records after the warm-up that score below the most surprising odd one. */
  private static double standing(List<Verdict> verdicts, int from, int to, int settled) {
    double odd = 0;
    for (int i = from; i < to; i++) {
      odd = Math.max(odd, verdicts.get(i).surprisal());
    }
    int below = 0;
    int all = 0;
    for (int i = WARM_UP; i < verdicts.size(); i++) {
      if (i < from || i >= settled) {
        below += verdicts.get(i).surprisal() < odd ? 1 : 0;
        all++;
      }
    }
    return (double) below / all;
  }

  @Test
  void shouldFindABeatTurnedRound() {
    double[][] x = Streams.beats(2400, 1);
    int beat = ODD / 40 * 40;
    double[][] usual = Arrays.copyOfRange(x, beat, beat + 40);
    for (int i = 0; i < 40; i++) {
      x[beat + i] = usual[39 - i]; // the same values, backwards
    }
    Model model = Streams.model(x, WARM_UP);

    List<Verdict> verdicts = Streams.verdicts(model, x, x.length);

    assertThat(standing(verdicts, beat, beat + 80, beat + 200)).isEqualTo(1);
    assertThat(verdicts.subList(beat, beat + 80)).anyMatch(v -> v.kind() == VerdictKind.ANOMALY);
  }

  @Test
  void shouldFindFieldsThatNoLongerMoveTogetherAndNameTheOneThatLeft() {
    double[][] x = Streams.plant(2400, 6, 2);
    double[][] other = Streams.plant(2400, 6, 3);
    for (int i = ODD; i < ODD + 60; i++) {
      x[i][4] = other[i][4]; // as usual, but of another plant
    }
    Model model = Streams.model(x, WARM_UP);

    List<Verdict> verdicts = Streams.verdicts(model, x, x.length);

    assertThat(standing(verdicts, ODD, ODD + 60, ODD + 180)).isEqualTo(1);
    List<Verdict> found =
        verdicts.subList(ODD, ODD + 60).stream()
            .filter(v -> v.kind() == VerdictKind.ANOMALY)
            .toList();
    long named = found.stream().filter(v -> v.fields().get(0).name().equals("q4")).count();
    assertThat(found).hasSizeGreaterThan(10);
    assertThat(named).isGreaterThan(found.size() * 3L / 4);
  }

  @Test
  void shouldFindAChannelThatIsStuckAndOneThatDrifts() {
    double[][] stuck = Streams.plant(2400, 6, 4);
    double[][] drifting = Streams.plant(2400, 6, 4);
    for (int i = ODD; i < ODD + 80; i++) {
      stuck[i][3] = stuck[ODD][3];
      drifting[i][2] += 0.05 * (i - ODD) * 4; // a quarter of its deviation every five records
    }
    Model model = Streams.model(stuck, WARM_UP);

    assertThat(standing(Streams.verdicts(model, stuck, 2400), ODD, ODD + 80, ODD + 200))
        .isGreaterThan(0.99);
    assertThat(standing(Streams.verdicts(model, drifting, 2400), ODD, ODD + 80, ODD + 200))
        .isEqualTo(1);
  }

  /** Its first windows are padded: unlike any learned from, but not strange. */
  @Test
  void shouldNotCallTheBeginningOfAnEntityStrange() {
    for (double[][] x : List.of(Streams.beats(1600, 12), Streams.plant(1600, 6, 12))) {
      List<Verdict> verdicts = Streams.verdicts(Streams.model(x, WARM_UP), x, 400);

      assertThat(verdicts.stream().filter(v -> v.kind() == VerdictKind.ANOMALY)).hasSizeLessThan(4);
    }
  }

  @Test
  void shouldNotLetVerdictsDependOnWhatFollows() {
    double[][] x = Streams.plant(1500, 3, 5);
    double[][] otherwise = Streams.plant(1500, 3, 5);
    for (int i = 1300; i < 1500; i++) {
      Arrays.fill(otherwise[i], i % 2 == 0 ? 1e300 : Double.NaN);
    }
    Model model = Streams.model(x, WARM_UP);

    List<Verdict> all = Streams.verdicts(model, x, 1500);

    assertThat(Streams.verdicts(model, otherwise, 1500).subList(0, 1300))
        .isEqualTo(all.subList(0, 1300));
    assertThat(Streams.verdicts(model, x, 1300)).isEqualTo(all.subList(0, 1300));
  }

  @Test
  void shouldShareTheSurprisalOutOverTheFields() {
    double[][] x = Streams.plant(1700, 5, 6);
    Random random = new Random(6);
    for (int i = 1300; i < 1700; i += 40) {
      x[i][random.nextInt(5)] += 60;
    }
    Model model = Streams.model(x, WARM_UP);

    int explained = 0;
    for (Verdict v : Streams.verdicts(model, x, 1700)) {
      assertThat(v.surprisal()).isCloseTo(v.reconstruction() + v.latent(), within(1e-9));
      if (v.kind() == VerdictKind.ANOMALY) {
        double sum = v.fields().stream().mapToDouble(FieldFinding::contribution).sum();
        assertThat(sum).isCloseTo(v.surprisal(), within(1e-6 * Math.max(1, v.surprisal())));
        assertThat(v.fields()).allMatch(f -> f.contribution() >= 0);
        explained++;
      }
    }
    assertThat(explained).isGreaterThanOrEqualTo(10);
  }

  @Test
  void shouldKeepAnEpisodeOpenWhileRecordsAreRareAndThenCloseIt() {
    double[][] x = Streams.plant(2200, 6, 7);
    double[][] other = Streams.plant(2200, 6, 8);
    for (int i = ODD; i < ODD + 100; i++) {
      x[i][1] = other[i][1];
    }
    Model model = Streams.model(x, WARM_UP);

    boolean open = false;
    int going = 0;
    int closed = 0;
    for (Verdict v : Streams.verdicts(model, x, 2200)) {
      boolean rare = v.pValue() < v.thresholdP();
      boolean anomaly = v.kind() == VerdictKind.ANOMALY;
      assertThat(anomaly).isEqualTo(rare || (open && v.pValue() < 0.035));
      going += anomaly && !rare ? 1 : 0;
      if (anomaly && !rare) {
        assertThat(v.reason()).isEqualTo("the episode goes on");
      }
      String state = v.episode() == null ? "" : v.episode().state().name();
      closed += state.equals("CLOSED") ? 1 : 0;
      open = !state.equals("CLOSED") && (open || anomaly);
    }

    assertThat(going).isPositive();
    assertThat(closed).isPositive();
    assertThat(open).isFalse();
  }

  @Test
  void shouldGiveTheSameBytesForTheSameSampleAndSeed() {
    double[][] plant = Streams.plant(700, 4, 9);
    double[][] beats = Streams.beats(700, 9);

    for (double[][] x : List.of(plant, beats)) {
      byte[] once = Snapshots.write(Streams.model(x, 700));
      assertThat(Snapshots.write(Streams.model(x, 700))).containsExactly(once);
    }
  }

  @Test
  void shouldJudgeAlikeByAModelThatWasWrittenAndRead() throws Exception {
    double[][] x = Streams.beats(1500, 10);
    Model model = Streams.model(x, WARM_UP);

    Model read = Snapshots.read(Snapshots.write(model));

    assertThat(read.stream()).isNotNull();
    assertThat(Streams.verdicts(read, x, 1500)).isEqualTo(Streams.verdicts(model, x, 1500));
  }

  @Test
  void shouldNeverSayNaNThoughAbsurdValuesComeForLong() {
    double[] nasty = {1e300, -1e300, Double.NaN, Double.MIN_VALUE, Double.MAX_VALUE, 0};
    Random random = new Random(11);
    for (int count : new int[] {1, 3}) {
      Model model = Streams.model(Streams.plant(400, count, 11), 400);
      Judge judge = new Judge(model, Duration.ofHours(1));
      EntityState state = EntityState.fresh("e", Streams.fields(count));
      double[][] tame = Streams.plant(3000, count, 12);
      for (int i = 0; i < 3000; i++) {
        double[] x = tame[i];
        for (int j = 0; j < count && i % 1000 > 300; j++) {
          x[j] = random.nextInt(3) == 0 ? nasty[random.nextInt(nasty.length)] : x[j];
        }
        Verdict v = Streams.judge(judge, x, i, state);
        if (v.kind() != VerdictKind.UNSCORABLE) {
          assertThat(v.surprisal()).isFinite().isNotNegative();
          assertThat(v.pValue()).isPositive().isLessThanOrEqualTo(1);
          assertThat(v.alarmScore()).isBetween(0.3 * (1 - Math.pow(v.pValue(), 0.1)) - 1e-12, 1.0);
        }
      }
    }
  }
}
