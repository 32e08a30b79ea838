package io.kelbo.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderTest {
  private final Random random = new Random(7);

  private static Fields one(FieldKind kind) {
    return new Fields(List.of(new Field("x", kind)));
  }

  private static Observation number(FieldKind kind, double x) {
    return new Observation(one(kind), new double[] {x}, new String[1]);
  }

  private static Observation text(@Nullable String text) {
    return new Observation(one(FieldKind.CATEGORY), new double[] {Double.NaN}, new String[] {text});
  }

  private static Encoder learned(FieldKind kind, int rows, IntToDoubleFunction x) {
    List<Observation> all = new ArrayList<>();
    List<double[]> means = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      all.add(number(kind, x.applyAsDouble(r)));
      means.add(new double[] {x.applyAsDouble(r)});
    }
    return EncoderLearning.learn(one(kind), all, means, false);
  }

  private static Encoder learned(List<String> texts) {
    List<Observation> all = texts.stream().map(EncoderTest::text).toList();
    List<double[]> means = texts.stream().map(t -> new double[] {Double.NaN}).toList();
    return EncoderLearning.learn(one(FieldKind.CATEGORY), all, means, true);
  }

  /** Input, target and mask of one observation, one after the other. */
  private static double[][] encoded(Encoder encoder, Observation observation) {
    double[] input = new double[encoder.inputs()];
    double[] target = new double[encoder.inputs()];
    double[] mask = new double[encoder.channels().size()];
    Arrays.fill(input, 99);
    Arrays.fill(target, 99);
    encoder.encode(observation, new double[] {Double.NaN}, input, target, mask);
    return new double[][] {input, target, mask};
  }

  private static double input(Encoder encoder, double x) {
    FieldKind kind = encoder.fields().get(0).kind();
    return encoded(encoder, number(kind, x))[0][0];
  }

  @Test
  void shouldStandardiseAQuantity() {
    Encoder encoder = learned(FieldKind.QUANTITY, 500, r -> 100 + 5 * random.nextGaussian());

    assertThat(input(encoder, 100)).isCloseTo(0, within(0.15));
    assertThat(input(encoder, 110) - input(encoder, 100)).isCloseTo(2, within(0.15));
    assertThat(encoder.channels().get(0).raw(input(encoder, 107))).isCloseTo(107, within(1e-9));
  }

  @Test
  void shouldSquashWhatIsBeyondTenDeviationsWithoutAJump() {
    assertThat(Encoder.squash(10)).isEqualTo(10);
    assertThat(Encoder.squash(10.001)).isCloseTo(10.001, within(1e-6));
    assertThat(Encoder.squash(-1000)).isEqualTo(-Encoder.squash(1000)).isBetween(-17.0, -16.0);
    assertThat(Encoder.squash(Double.POSITIVE_INFINITY)).isFinite();
    assertThat(Encoder.squash(Double.NEGATIVE_INFINITY)).isFinite();
  }

  @Test
  void shouldGiveAConstantFieldANoiseFloorOfItsLevel() {
    Encoder level = learned(FieldKind.QUANTITY, 100, r -> 50);
    Encoder zero = learned(FieldKind.QUANTITY, 100, r -> 0);

    assertThat(level.channels().get(0).constant()).isTrue();
    assertThat(input(level, 51)).isCloseTo(1, within(1e-9)); // a fiftieth of the level
    assertThat(input(zero, 0.25)).isCloseTo(1, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e300, -1e300, 1.7e308, 1e9})
  void shouldKeepItsScaleThoughOneValueIsAbsurd(double absurd) {
    Encoder clean = learned(FieldKind.QUANTITY, 500, r -> r == 250 ? 20 : 20 + r % 7);
    Encoder spoilt = learned(FieldKind.QUANTITY, 500, r -> r == 250 ? absurd : 20 + r % 7);

    assertThat(input(spoilt, 40)).isCloseTo(input(clean, 40), within(0.1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e300, 1.7e308, 5e-324, 1e-310, 1e-30})
  void shouldNeverMakeWhatIsNotFinite(double scale) {
    for (FieldKind kind : new FieldKind[] {FieldKind.QUANTITY, FieldKind.COUNT}) {
      for (int spread : new int[] {0, 1, 2}) {
        Encoder encoder =
            learned(kind, 100, r -> scale * (spread == 0 ? 1 : r % 2 == 0 ? 1 : 1 - spread));
        for (double x : new double[] {0, 1, -1, 1e300, -1.7e308, 1.7e308, 5e-324, scale, -scale}) {
          double[][] all = encoded(encoder, number(kind, x));
          assertThat(all[0][0]).as("%s at %s of %s", kind, x, scale).isFinite();
          assertThat(all[1][0]).isFinite();
          assertThat(all[2]).containsExactly(1);
        }
      }
    }
  }

  @Test
  void shouldTakeNanAndInfinityForMissing() {
    Encoder encoder = learned(FieldKind.QUANTITY, 100, r -> r % 10);
    for (double x : new double[] {Double.NaN, 1.0 / 0, -1.0 / 0}) {
      assertThat(encoded(encoder, number(FieldKind.QUANTITY, x)))
          .isDeepEqualTo(new double[][] {{0}, {0}, {0}});
    }
  }

  @Test
  void shouldNotBeSurprisedByAFieldThatItNeverSaw() {
    Encoder encoder = learned(FieldKind.QUANTITY, 100, r -> Double.NaN);

    assertThat(encoder.channels().get(0).known()).isFalse();
    assertThat(input(encoder, 1e9)).isCloseTo(0, within(1e-100));
    assertThat(learned(FieldKind.QUANTITY, 100, r -> 0).channels().get(0).known()).isTrue();
    assertThat(learned(FieldKind.FLAG, 100, r -> Double.NaN).channels().get(0).known()).isFalse();
    assertThat(learned(FieldKind.FLAG, 100, r -> 0).channels().get(0).known()).isTrue();
  }

  @Test
  void shouldCountNothingBelowZeroAndKeepTheCountAsTarget() {
    Encoder encoder = learned(FieldKind.COUNT, 200, r -> r % 20);

    double[][] five = encoded(encoder, number(FieldKind.COUNT, 5));
    double[][] negative = encoded(encoder, number(FieldKind.COUNT, -3));
    double[][] zero = encoded(encoder, number(FieldKind.COUNT, 0));

    assertThat(five[1]).containsExactly(5);
    assertThat(negative).isDeepEqualTo(zero);
  }

  @Test
  void shouldGiveTheUnknownCategoryItsOwnPlace() {
    Encoder encoder = learned(List.of("a", "b", "b", "b", "a", "c"));

    assertThat(encoder.channels().get(0).categories()).containsExactly("b", "a", "c");
    assertThat(encoded(encoder, text("a"))).isDeepEqualTo(shape(0, 0, 1, 0, 2, 1));
    assertThat(encoded(encoder, text("never"))).isDeepEqualTo(shape(1, 0, 0, 0, 0, 1));
    assertThat(encoded(encoder, text(null))).isDeepEqualTo(shape(0, 0, 0, 0, 0, 0));
  }

  private static double[][] shape(double i0, double i1, double i2, double i3, double t, double m) {
    return new double[][] {{i0, i1, i2, i3}, {t, 99, 99, 99}, {m}};
  }

  @Test
  void shouldKnowSixtyFourCategoriesAtMostTheFrequentOnes() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      texts.add("rare" + i);
      texts.add("often" + i % 10);
    }

    Encoder encoder = learned(texts);

    assertThat(encoder.inputs()).isEqualTo(65);
    assertThat(encoder.channels().get(0).categories())
        .contains("often0", "often9", "rare0")
        .doesNotContain("rare99");
  }

  @Test
  void shouldLeaveOutMeansThatNobodySaw() {
    Fields fields = one(FieldKind.QUANTITY);
    List<Observation> rows = new ArrayList<>();
    List<double[]> few = new ArrayList<>();
    List<double[]> many = new ArrayList<>();
    for (int r = 0; r < 100; r++) {
      rows.add(number(FieldKind.QUANTITY, r % 9));
      few.add(new double[] {r < 10 ? r : Double.NaN});
      many.add(new double[] {r});
    }

    assertThat(EncoderLearning.learn(fields, rows, few, true).channels()).hasSize(1);
    assertThat(EncoderLearning.learn(fields, rows, many, true).channels()).hasSize(2);
  }

  @Test
  void shouldRefuseChannelsThatDoNotFitTheFields() {
    Fields fields = one(FieldKind.QUANTITY);
    Channel good = new Channel(0, Channel.Kind.NUMBER, false, 0, 0, 1, false, List.of());
    Channel elsewhere = new Channel(7, Channel.Kind.NUMBER, true, 1, 0, 1, false, List.of());
    Channel gap = new Channel(0, Channel.Kind.NUMBER, true, 5, 0, 1, false, List.of());

    for (List<Channel> bad :
        List.of(List.<Channel>of(), List.of(good, elsewhere), List.of(good, gap))) {
      assertThatThrownBy(() -> new Encoder(fields, bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
