package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.context.EntityState;
import io.kelbo.context.Mark;
import io.kelbo.context.Marks;
import io.kelbo.model.Judge;
import io.kelbo.model.Model;
import io.kelbo.model.Snapshots;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of an entity is written for each record, and a snapshot must fit one record. */
class StreamSizeTest {
  private static final int MOST_STATE = 16 * 1024; // 15.9 kB where all eight move, 2026-11-29

  // Bytes that the id of an open episode may take, and the alarms that are remembered: of each its
  // id (25), its words (8) and what stood out (4 a number).
  private static final int EPISODE = 64 + Marks.MOST * (25 + 8 + 4 * Mark.MOST);

  /** Bytes of an entity's state after so many records, the largest of all from the 100th on. */
  private static int[] sizes(Model model, double[][] x) {
    Judge judge = new Judge(model, Duration.ofHours(1));
    EntityState state = EntityState.fresh("e", Streams.fields(x[0].length));
    int early = 0;
    int largest = 0;
    for (int i = 0; i < x.length; i++) {
      Streams.judge(judge, x[i], i, state);
      if (i >= 100 && i % 50 == 0) {
        largest = Math.max(largest, state.write().length);
        early = i == 100 ? largest : early;
      }
    }
    return new int[] {early, largest};
  }

  @Test
  void shouldKeepAnEntityOfEightFieldsWithinBoundsForEver() {
    int[] sizes = sizes(Streams.model(Streams.plant(1000, 8, 1), 1000), Streams.plant(5000, 8, 2));

    assertThat(sizes[1]).isLessThanOrEqualTo(MOST_STATE).isLessThan(sizes[0] + EPISODE);
  }

  /** Fewer measured fields look further back. */
  @ParameterizedTest
  @CsvSource({"6, 0", "5, 0", "3, 0", "1, 0", "0, 0", "0, 7"})
  void shouldKeepAnEntityOfEightFieldsWithinBoundsHoweverManyAreMeasured(int measured, int still) {
    int[] sizes =
        sizes(Streams.model(mixed(600, measured, still, 1), 600), mixed(400, measured, still, 2));

    assertThat(sizes[1]).isLessThanOrEqualTo(MOST_STATE);
  }

  /** Eight fields: some measured, then some that never change, the others of two values. */
  private static double[][] mixed(int records, int measured, int still, long seed) {
    double[][] x = Streams.plant(records, 8, seed);
    Random random = new Random(seed);
    for (double[] row : x) {
      for (int j = measured; j < 8; j++) {
        row[j] = j < measured + still || random.nextBoolean() ? 1 : 6;
      }
    }
    return x;
  }

  @Test
  void shouldKeepAnEntityOfEightFieldsWithinBoundsAfterAShortWarmUp() {
    int[] sizes = sizes(Streams.model(Streams.plant(400, 8, 1), 400), Streams.plant(5000, 8, 2));

    assertThat(sizes[1]).isLessThanOrEqualTo(MOST_STATE).isLessThan(sizes[0] + EPISODE);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 38})
  void shouldKeepAnEntityAsSmallAsThePageOnSizesSays(int fields) {
    Model model = Streams.model(Streams.plant(600, fields, 1), 600);

    int[] sizes = sizes(model, Streams.plant(400, fields, 2));

    assertThat(sizes[1]).isLessThanOrEqualTo(12_500 + 820 * fields);
  }

  @Test
  void shouldKeepAnEntityOfOneFieldWithinBoundsForEver() {
    double[][] wild = Streams.beats(5000, 3);
    Random random = new Random(3);
    for (double[] x : wild) {
      x[0] += random.nextInt(10) == 0 ? 1000 * random.nextGaussian() : 0; // levels never seen
    }
    int[] sizes = sizes(Streams.model(Streams.beats(2000, 4), 2000), wild);

    assertThat(sizes[1]).isLessThanOrEqualTo(MOST_STATE).isLessThan(sizes[0] + EPISODE);
  }

  @Test
  void shouldFitASnapshotOf38FieldsAnd20000RowsIntoARecord() {
    Model model = Streams.model(Streams.plant(20_000, 38, 5), 20_000);

    assertThat(model.stream()).isNotNull();
    assertThat(Snapshots.write(model).length).isLessThanOrEqualTo(Snapshots.MOST_BYTES);
  }

  @Test
  void shouldFitASnapshotOfAllFormsOfOneFieldIntoARecord() {
    Model model = Streams.model(Streams.beats(20_000, 6), 20_000);

    assertThat(model.stream()).isNotNull();
    assertThat(model.stream().temporal().exemplars()).hasSize(5);
    assertThat(Snapshots.write(model).length).isLessThanOrEqualTo(Snapshots.MOST_BYTES);
  }
}
