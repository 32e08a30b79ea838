package io.kelbo.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kelbo.record.LayoutInference.Inference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Running totals are followed by what they grow by; sequence numbers and clocks are left out. */
class RisingFieldsTest {
  private static final int ROWS = 300;
  private static final int METERS = 3;
  private final Random random = new Random(2);
  private final double[] stands = new double[ROWS];

  RisingFieldsTest() {
    double[] stand = {1e6, 20, 4_000}; // each meter's own
    for (int i = 0; i < ROWS; i++) {
      stand[i % METERS] += 0.2 + random.nextDouble();
      stands[i] = stand[i % METERS];
    }
  }

  private static Inference infer(String name, IntToDoubleFunction value, Declared declared) {
    List<Map<String, Object>> rows = new ArrayList<>();
    List<@Nullable String> keys = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Map<String, Object> row = new HashMap<>(Map.of("steady", 4.0));
      row.put(name, value.applyAsDouble(i));
      rows.add(row);
      keys.add("meter-" + i % METERS);
    }
    return LayoutInference.explain(rows, keys, declared);
  }

  private static @Nullable Field field(Inference inference, String name) {
    Fields fields = inference.layout().fields();
    return fields.place(name) < 0 ? null : fields.get(fields.place(name));
  }

  @Test
  void shouldFollowWhatRisesWithinEachEntityAsATotalInItsMiddleStep() {
    Field energy = field(infer("energy", i -> stands[i], Declared.nothing()), "energy");

    assertThat(energy).isNotNull();
    assertThat(energy.kind()).isEqualTo(FieldKind.TOTAL);
    assertThat(energy.step()).isBetween(0.6, 0.8);
  }

  @Test
  void shouldLeaveOutWhatRisesOverAllEntities() {
    int[] count = {0};

    Inference inference = infer("n", i -> count[0] += 1 + random.nextInt(5), Declared.nothing());

    assertThat(inference.leftOut())
        .singleElement()
        .satisfies(out -> assertThat(out.reason()).contains("whatever that is about"));
  }

  /** As a topic is read where each meter has a partition, and each stands higher than the last. */
  @Test
  void shouldFollowTotalsOfOneEntityAfterTheOther() {
    List<Map<String, Object>> rows = new ArrayList<>();
    List<@Nullable String> keys = new ArrayList<>();
    double stand = 0;
    for (int i = 0; i < ROWS; i++) {
      stand += 0.2 + random.nextDouble();
      rows.add(Map.of("energy", stand));
      keys.add("meter-" + i * METERS / ROWS);
    }

    Inference inference = LayoutInference.explain(rows, keys, Declared.nothing());

    assertThat(inference.layout().fields().get(0).kind()).isEqualTo(FieldKind.TOTAL);
  }

  @Test
  void shouldFollowACounterByItsNameThoughItRisesSeldom() {
    int[] errors = new int[METERS];

    Field counter =
        field(
            infer(
                "http.errors_total",
                i -> {
                  int begun = i == 200 ? 0 : errors[i % METERS]; // one meter begins anew
                  errors[i % METERS] = begun + (random.nextInt(20) == 0 ? 3 : 0);
                  return errors[i % METERS];
                },
                Declared.nothing()),
            "http.errors_total");

    assertThat(counter)
        .isEqualTo(new Field("http.errors_total", FieldKind.TOTAL).stepping(Field.COUNTED));
  }

  @Test
  void shouldNotFollowWhatIsOnlyNamedATotal() {
    Field sum =
        field(infer("order_total", i -> random.nextGaussian(), Declared.nothing()), "order_total");

    assertThat(sum).isEqualTo(new Field("order_total", FieldKind.QUANTITY));
  }

  @Test
  void shouldLeaveOutANumberThatIsNamedLikeAnIdentifier() {
    Inference inference = infer("batch_id", i -> Math.ceil(10 * stands[i]), Declared.nothing());

    assertThat(inference.leftOut())
        .singleElement()
        .satisfies(out -> assertThat(out.reason()).contains("declare it as a total"));
  }

  @Test
  void shouldTakeTheStepOfADeclaredTotalFromTheRows() {
    Declared declared =
        new Declared(List.of(new Field("batch_id", FieldKind.TOTAL)), Set.of(), null, null);

    Field batch = field(infer("batch_id", i -> 100.0 * stands[i], declared), "batch_id");

    assertThat(batch).isNotNull();
    assertThat(batch.step()).isBetween(60.0, 80.0);
  }

  @Test
  void shouldKnowNoTotalsWhereRowsHaveNoOrder() {
    Declared tabular = Declared.nothing().withoutOrder();
    Declared declared =
        new Declared(List.of(new Field("energy", FieldKind.TOTAL)), Set.of(), null, null)
            .withoutOrder();

    assertThat(infer("energy", i -> stands[i], tabular).leftOut())
        .singleElement()
        .satisfies(out -> assertThat(out.reason()).contains("a running total"));
    assertThatThrownBy(() -> infer("energy", i -> stands[i], declared))
        .hasMessageContaining("'energy' is a total")
        .hasMessageContaining("leave it out, or keep the order");
  }
}
