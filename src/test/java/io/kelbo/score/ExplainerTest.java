package io.kelbo.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.context.Recent;
import io.kelbo.encode.Channel;
import io.kelbo.record.Value;
import io.kelbo.vae.LeftOut;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  private static final double USUAL = 6.3; // 2 S = 12.6 is the 95 % point of a χ² of six

  private final Plant plant = new Plant(1);
  private final Scorer scorer = plant.scorer(1000);
  private final Explainer explainer = new Explainer(scorer);
  private final Recent recent = Plant.alone();
  private final Random random = new Random(5);

  private static double number(Expectation expectation) {
    return ((Value.Number) expectation.value()).number();
  }

  private int worst() {
    int worst = 0;
    for (int j = 1; j < Plant.D; j++) {
      worst = explainer.share(j) > explainer.share(worst) ? j : worst;
    }
    return worst;
  }

  @Test
  void shouldShareOutTheWholeSurprisal() {
    for (int round = 0; round < 100; round++) {
      double[] x = plant.next();
      if (round % 3 == 1) {
        x[round % Plant.D] *= 1 + random.nextInt(1000);
      }
      if (round % 3 == 2) {
        x[round % Plant.D] = Double.NaN;
      }
      scorer.score(Plant.observation(x), recent);
      double surprisal = scorer.surprisal();

      explainer.explain(recent, USUAL);

      double sum = 0;
      for (int j = 0; j < Plant.D; j++) {
        assertThat(explainer.share(j)).isNotNegative();
        sum += explainer.share(j);
      }
      assertThat(sum).isCloseTo(1, within(1e-9));
      assertThat(scorer.surprisal()).isEqualTo(surprisal);
    }
  }

  @Test
  void shouldPutTheInjectedFieldFirstAndExpectItsTruth() {
    int first = 0;
    int near = 0;
    int rounds = 300;
    for (int round = 0; round < rounds; round++) {
      double[] x = plant.next();
      int field = round % Plant.D;
      double truth = x[field];
      x[field] += (round % 2 == 0 ? 8 : -8) * Plant.unit(field);
      scorer.score(Plant.observation(x), recent);

      explainer.explain(recent, USUAL);

      first += worst() == field ? 1 : 0;
      Expectation expected = explainer.expected(field);
      assertThat(x[field] < expected.low() || x[field] > expected.high()).isTrue();
      near += truth >= expected.low() && truth <= expected.high() ? 1 : 0;
    }

    assertThat(first).isGreaterThan((int) (0.97 * rounds));
    assertThat(near).isGreaterThan((int) (0.96 * rounds)); // a 99 % interval
  }

  @Test
  void shouldNameTheFieldsThatWereMadeWrongAndNoOther() {
    int both = 0;
    int exact = 0;
    int rounds = 300;
    for (int round = 0; round < rounds; round++) {
      double[] x = plant.next();
      int one = round % Plant.D;
      int other = (one + 1 + random.nextInt(Plant.D - 1)) % Plant.D;
      x[one] += (random.nextBoolean() ? 8 : -8) * Plant.unit(one);
      x[other] += (random.nextBoolean() ? 8 : -8) * Plant.unit(other);
      scorer.score(Plant.observation(x), recent);

      explainer.explain(recent, USUAL);

      int named = 0;
      for (int j = 0; j < Plant.D; j++) {
        named += explainer.culprit(j) ? 1 : 0;
      }
      boolean found = explainer.culprit(one) && explainer.culprit(other);
      both += found ? 1 : 0;
      exact += found && named == 2 ? 1 : 0;
    }

    assertThat(both).isGreaterThan((int) (0.9 * rounds));
    assertThat(exact).isGreaterThan((int) (0.75 * rounds));
  }

  @Test
  void shouldNameNoneWhereTheRecordIsUsual() {
    scorer.score(Plant.observation(plant.next()), recent);

    explainer.explain(recent, scorer.comparable() + 1e-9);

    for (int j = 0; j < Plant.D; j++) {
      assertThat(explainer.culprit(j)).isFalse();
    }
  }

  @Test
  void shouldFindWhatIsLeftWithoutAFieldAsIfItHadBeenMissing() {
    LeftOut leftOut = new LeftOut(Plant.D, scorer.network().shape().latent());
    int[] fields = scorer.encoder().channels().stream().mapToInt(Channel::field).toArray();
    for (int field = 0; field < Plant.D; field++) {
      double[] x = plant.next();
      scorer.score(Plant.observation(x), recent);
      scorer.refine();
      leftOut.of(scorer.network(), scorer.workspace(), fields);
      boolean[] out = new boolean[Plant.D];
      out[field] = true;

      double left = leftOut.without(out);

      for (int c = 0; c < fields.length; c++) {
        scorer.workspace().mask[c] = out[fields[c]] ? 0 : scorer.workspace().mask[c];
      }
      scorer.refine();
      assertThat(left).isCloseTo(scorer.fromNetwork(), within(1e-9 * (1 + left)));
    }
  }

  @Test
  void shouldLeaveTheScorerAsItWasScored() {
    scorer.score(Plant.observation(plant.next()), recent);
    double[] z = scorer.workspace().z.clone();
    double[] eta = scorer.workspace().eta.clone();
    double[] mask = scorer.workspace().mask.clone();

    explainer.explain(recent, USUAL);

    assertThat(scorer.workspace().z).containsExactly(z);
    assertThat(scorer.workspace().eta).containsExactly(eta);
    assertThat(scorer.workspace().mask).containsExactly(mask);
  }

  @Test
  void shouldFillHolesNearTheTruthAndSayHowSureItIs() {
    int inside = 0;
    double squares = 0;
    double spread = 0;
    int rounds = 3000;
    for (int round = 0; round < rounds; round++) {
      double[] x = plant.next();
      int hole = round % Plant.D;
      double truth = x[hole];
      x[hole] = Double.NaN;
      scorer.score(Plant.observation(x), recent);
      scorer.refine();

      Expectation expected = Expectation.of(scorer, hole);

      double off = truth - number(expected);
      inside += Math.abs(off) < 1.6449 * expected.sd() ? 1 : 0;
      squares += off * off / (Plant.unit(hole) * Plant.unit(hole));
      double scaled = truth / Plant.unit(hole) - 3;
      spread += scaled * scaled;
    }

    assertThat((double) inside / rounds).isBetween(0.85, 0.95);
    assertThat(Math.sqrt(squares / spread)).isLessThan(0.6); // nrmse
  }

  @Test
  void shouldFindAHoleNoStrangerThanAWholeRecord() {
    double whole = 0;
    double holed = 0;
    for (int round = 0; round < 2000; round++) {
      double[] x = plant.next();
      scorer.score(Plant.observation(x), recent);
      whole += scorer.comparable() / 2000;
      x[round % Plant.D] = Double.NaN;
      x[(round + 1) % Plant.D] = Double.NaN;
      scorer.score(Plant.observation(x), recent);
      holed += scorer.comparable() / 2000;
    }

    assertThat(whole).isCloseTo(Plant.D / 2.0, within(0.3)); // mean of half a χ² of six
    assertThat(holed).isCloseTo(whole, within(0.3));
  }

  @Test
  void shouldScoreOnOneScaleWhateverIsMissing() {
    assertThat(Scorer.complete(7, 10, 10)).isEqualTo(7);
    double before = -1;
    for (double s = 0; s < 50; s += 0.5) {
      double now = Scorer.complete(s, 3, 10);
      assertThat(now).isGreaterThanOrEqualTo(before).isFinite();
      before = now;
    }
    // 2 S = 7.81 is the 95 % point of a χ² of 3; 18.31 that of a χ² of 10
    assertThat(Scorer.complete(7.81 / 2, 3, 10)).isCloseTo(18.31 / 2, within(0.1));
  }
}
