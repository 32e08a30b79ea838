package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.model.Footing;
import io.kelbo.model.Ground;
import io.kelbo.model.Model;
import io.kelbo.model.Yardstick;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When a block of a stream has left what was learned from. */
class DriftTest {
  private static final Footing STEADY = new Footing(0, 0.05, 0, 0.1, 0.02, 0.01);
  private static final int BLOCKS = 40;

  @Test
  void shouldSeeAMeanThatMoved() {
    assertThat(Drift.of(STEADY, BLOCKS, block(1.0, 1.0, 10))).get().hasToString("mean +1.00 sd");
    assertThat(Drift.of(STEADY, BLOCKS, block(0.1, 1.0, 10))).isEmpty();
  }

  @Test
  void shouldSeeASpreadThatChangedEitherWay() {
    assertThat(Drift.of(STEADY, BLOCKS, block(0, 2.0, 10)))
        .get()
        .hasToString("spread variance x 4.00");
    assertThat(Drift.of(STEADY, BLOCKS, block(0, 0.5, 10)))
        .get()
        .hasToString("spread variance x 0.25");
    assertThat(Drift.of(STEADY, BLOCKS, block(0, 1.2, 10))).isEmpty();
  }

  @Test
  void shouldSeeValuesThatWentMissing() {
    assertThat(Drift.of(STEADY, BLOCKS, block(0, 1, 512)))
        .get()
        .hasToString("missing +0.98 of records");
  }

  @Test
  void shouldBelieveFewBlocksLittle() {
    assertThat(Drift.of(STEADY, 2, block(1.0, 1.0, 10))).isEmpty();
  }

  @Test
  void shouldBelieveAFieldThatWandersByItself() {
    Footing wandering = new Footing(0, 1.5, 0, 0.1, 0.02, 0.01);

    assertThat(Drift.of(wandering, BLOCKS, block(2.0, 1.0, 10))).isEmpty();
  }

  @Test
  void shouldTurnStudentsTIntoANormalDeviate() {
    // SciPy 1.17: norm.isf(t.sf(x, 15)) at x of 4.88, 6 and 8.
    assertThat(Drift.deviations(4.88, 15)).isCloseTo(3.7190, within(0.02));
    assertThat(Drift.deviations(6, 15)).isCloseTo(4.2210, within(0.02));
    assertThat(Drift.deviations(8, 15)).isCloseTo(4.9210, within(0.02));
    assertThat(Drift.deviations(3, 100_000)).isCloseTo(3, within(0.001));
  }

  @Test
  void shouldTellNoDriftOfAStationaryStreamInTwentyThousandTests() {
    Model model = Sampled.model(Sampled.train(Sampled.runs(1, 2_000, 1, Sampled::straight), null));
    Ground ground = model.provenance().ground();
    Yardstick yardstick = new Yardstick(model.encoder());
    Random random = new Random(2);
    int drifts = 0;

    for (int block = 0; block < 5_000; block++) {
      Drift.Block[] sums = new Drift.Block[Sampled.D];
      for (int record = 0; record < 512; record++) {
        var observation = Sampled.moment(Sampled.straight(random), 0, 0, 0, false).observation();
        for (int j = 0; j < Sampled.D; j++) {
          double v = yardstick.of(observation, j);
          Drift.Block one = new Drift.Block(1, 0, v, v * v);
          sums[j] = record == 0 ? one : sums[j].plus(one);
        }
      }
      for (int j = 0; j < Sampled.D; j++) {
        drifts += Drift.of(ground.footings().get(j), ground.blocks(), sums[j]).isPresent() ? 1 : 0;
      }
    }

    assertThat(ground.blocks()).isEqualTo(20);
    assertThat(drifts).isZero();
  }

  private static Drift.Block block(double mean, double sd, int missing) {
    double present = 512 - missing;
    return new Drift.Block(512, missing, mean * present, (sd * sd + mean * mean) * present);
  }
}
