package io.kelbo.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kelbo.record.LayoutInference.Inference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LayoutInferenceTest {
  private static final int ROWS = 200;
  private final Random random = new Random(1);

  private static List<Map<String, Object>> rows(String path, IntFunction<@Nullable Object> leaf) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("steady", 4.0);
      Object value = leaf.apply(i);
      if (value != null) {
        row.put(path, value);
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<@Nullable String> noKeys() {
    return Collections.nCopies(ROWS, null);
  }

  private static Inference infer(String path, IntFunction<@Nullable Object> leaf) {
    return LayoutInference.explain(rows(path, leaf), noKeys(), Declared.nothing());
  }

  private static @Nullable FieldKind kind(Inference inference, String path) {
    Fields fields = inference.layout().fields();
    return fields.place(path) < 0 ? null : fields.get(fields.place(path)).kind();
  }

  private static String reason(Inference inference) {
    assertThat(inference.leftOut()).hasSize(1);
    return inference.leftOut().get(0).reason();
  }

  @Test
  void shouldTakeRealNumbersForQuantities() {
    assertThat(kind(infer("x", i -> random.nextGaussian()), "x")).isEqualTo(FieldKind.QUANTITY);
    assertThat(kind(infer("x", i -> "" + random.nextGaussian()), "x"))
        .isEqualTo(FieldKind.QUANTITY);
  }

  @Test
  void shouldTakeSmallWholeNumbersForCountsWhereAPoissonFits() {
    assertThat(kind(infer("x", i -> (double) poisson(3)), "x")).isEqualTo(FieldKind.COUNT);
    assertThat(kind(infer("x", i -> 200.0 + random.nextInt(40)), "x"))
        .isEqualTo(FieldKind.QUANTITY);
    assertThat(kind(infer("x", i -> 60.0 + random.nextInt(3)), "x")).isEqualTo(FieldKind.QUANTITY);
    assertThat(kind(infer("x", i -> -1.0 + poisson(3)), "x")).isEqualTo(FieldKind.QUANTITY);
    assertThat(kind(infer("x", i -> 5.0 + 3 * (i % 2)), "x")).isEqualTo(FieldKind.QUANTITY);
  }

  @Test
  void shouldTakeBooleansAndZeroOneForFlags() {
    assertThat(kind(infer("x", i -> i % 3 == 0), "x")).isEqualTo(FieldKind.FLAG);
    assertThat(kind(infer("x", i -> i % 3 == 0 ? 1.0 : 0.0), "x")).isEqualTo(FieldKind.FLAG);
    assertThat(kind(infer("x", i -> i % 3 == 0 ? "1" : "0"), "x")).isEqualTo(FieldKind.FLAG);
    assertThat(kind(infer("x", i -> i % 3 == 0 ? "1.0" : "0.0"), "x")).isEqualTo(FieldKind.FLAG);
    assertThat(kind(infer("x", i -> i % 3 == 0 ? "True" : "False"), "x")).isEqualTo(FieldKind.FLAG);
    assertThat(kind(infer("x", i -> true), "x")).isEqualTo(FieldKind.FLAG);
  }

  @Test
  void shouldNotTakeMeasuredZerosAndOnesForFlags() {
    assertThat(kind(infer("x", i -> List.of("0.0", "1.0", "0.5").get(i % 3)), "x"))
        .isEqualTo(FieldKind.QUANTITY);
    assertThat(kind(infer("x", i -> 0.0), "x")).isEqualTo(FieldKind.QUANTITY);
  }

  @Test
  void shouldTakeShortRepeatedTextForCategories() {
    assertThat(kind(infer("x", i -> List.of("auto", "manual", "off").get(i % 3)), "x"))
        .isEqualTo(FieldKind.CATEGORY);
  }

  @Test
  void shouldKeepANumberFieldDespiteAFewStrings() {
    assertThat(kind(infer("x", i -> i == 7 ? "broken" : (Object) random.nextDouble()), "x"))
        .isEqualTo(FieldKind.QUANTITY);
  }

  @Test
  void shouldLeaveOutWhatIsNoMeasurement() {
    assertThat(reason(infer("x", i -> 1000.0 + i))).contains("rises by the same");
    assertThat(reason(infer("x", i -> 0.1 * i))).contains("rises by the same");
    assertThat(reason(infer("x", i -> Math.rint(1e5 * (i / 9.0)) / 1e5)))
        .contains("rises by the same");
    assertThat(reason(infer("x", i -> "" + (17 + i)))).contains("rises by the same");
    assertThat(reason(infer("x", i -> 1.6e9 + i))).contains("epoch");
    assertThat(reason(infer("made_at", i -> 1.6e12 + random.nextInt(1000)))).contains("epoch");
    assertThat(reason(infer("x", i -> new UUID(random.nextLong(), i).toString()))).contains("UUID");
    assertThat(reason(infer("x", i -> "2026-11-22 08:13:%02d".formatted(i % 60))))
        .contains("a time in text");
    assertThat(reason(infer("x", i -> "pump stopped after event " + i))).contains("no category");
    assertThat(reason(infer("x", i -> "a".repeat(65)))).contains("free text");
    assertThat(reason(infer("x", i -> 1e8 + random.nextInt(900_000_000))))
        .contains("all different");
    assertThat(reason(infer("orderId", i -> (double) random.nextInt(20)))).contains("by its name");
    assertThat(reason(infer("x", i -> i == 3 ? 1.0 : null))).contains("in 1 of 200 records only");
    assertThat(reason(infer("x", i -> "NaN"))).contains("never has a value");
  }

  @Test
  void shouldKeepLargeMeasurementsThoughAllDiffer() {
    assertThat(kind(infer("bytes", i -> Math.rint(1e6 * Math.exp(random.nextGaussian()))), "bytes"))
        .isEqualTo(FieldKind.QUANTITY);
    assertThat(
            kind(infer("pascal", i -> Math.rint(101_325 + 300 * random.nextGaussian())), "pascal"))
        .isEqualTo(FieldKind.QUANTITY);
  }

  @Test
  void shouldFindSequencesInsideEachKey() {
    List<@Nullable String> keys = new ArrayList<>();
    List<Map<String, Object>> rows = rows("n", i -> (double) (i / 4 + 500 * (3 - i % 4)));
    for (int i = 0; i < ROWS; i++) {
      keys.add("pump-" + i % 4);
    }

    Inference inference = LayoutInference.explain(rows, keys, Declared.nothing());

    assertThat(inference.layout().entity()).isEqualTo(new EntityRule.Key());
    assertThat(reason(inference)).contains("rises by the same");
  }

  @Test
  void shouldTakeTheKeyForTheEntityOnlyIfItGroups() {
    List<Map<String, Object>> rows = rows("pump", i -> "pump-" + i % 4);
    List<@Nullable String> pumps = new ArrayList<>();
    List<@Nullable String> unique = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      pumps.add("pump-" + i % 4);
      unique.add("record-" + i);
    }

    Inference grouped = LayoutInference.explain(rows, pumps, Declared.nothing());

    assertThat(grouped.layout().entity()).isEqualTo(new EntityRule.Key());
    assertThat(reason(grouped)).contains("repeats the key");
    assertThat(LayoutInference.infer(rows, unique, Declared.nothing()).entity())
        .isEqualTo(new EntityRule.Partition());
    assertThat(LayoutInference.infer(rows, noKeys(), Declared.nothing()).entity())
        .isEqualTo(new EntityRule.Partition());
  }

  @Test
  void shouldUseOnlyDeclaredFieldsIfAnyAreDeclared() {
    Declared declared =
        new Declared(List.of(new Field("other", FieldKind.COUNT)), Set.of(), "x", "made.at");

    Inference inference = LayoutInference.explain(rows("x", i -> 1.0 * i), noKeys(), declared);

    assertThat(inference.layout().fields().list())
        .containsExactly(new Field("other", FieldKind.COUNT));
    assertThat(inference.layout().entity()).isEqualTo(new EntityRule.Path("x"));
    assertThat(inference.layout().timePath()).isEqualTo("made.at");
    assertThat(inference.leftOut()).extracting("path").containsExactly("steady", "x");
  }

  @Test
  void shouldLeaveOutIgnoredPathsWithAllBelow() {
    Declared declared = new Declared(List.of(), Set.of("meta"), null, "ts");
    List<Map<String, Object>> rows = rows("meta.x", i -> random.nextGaussian());
    rows.forEach(row -> row.put("ts", 1.0));

    Inference inference = LayoutInference.explain(rows, noKeys(), declared);

    assertThat(inference.layout().fields().list())
        .containsExactly(new Field("steady", FieldKind.QUANTITY));
    assertThat(inference.leftOut()).extracting("path").containsExactly("meta.x", "ts");
  }

  @Test
  void shouldKeepTheOrderOfFirstAppearance() {
    List<Map<String, Object>> rows = new ArrayList<>();
    rows.add(Map.of("z", 1.5));
    for (int i = 0; i < 30; i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("b", random.nextDouble());
      row.put("a", random.nextDouble());
      row.put("z", random.nextDouble());
      rows.add(row);
    }

    assertThat(LayoutInference.infer(rows, List.of(), Declared.nothing()).fields().list())
        .extracting(Field::name)
        .containsExactly("z", "b", "a");
  }

  @Test
  void shouldSayWhyNothingIsLeftToLearnFrom() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(Map.of("line", "event number " + i));
    }

    assertThatThrownBy(() -> LayoutInference.infer(rows, noKeys(), Declared.nothing()))
        .hasMessageContaining("'line': text with 200 different values")
        .hasMessageContaining("input.fields");
    assertThatThrownBy(() -> LayoutInference.infer(List.of(), List.of(), Declared.nothing()))
        .hasMessageContaining("no field has a value");
  }

  private int poisson(double mean) {
    int count = 0;
    for (double left = Math.exp(-mean), p = random.nextDouble(); p > left; count++) {
      p *= random.nextDouble();
    }
    return count;
  }
}
