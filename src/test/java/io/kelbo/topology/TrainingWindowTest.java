package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the trainer keeps of its samples, and for how long. */
class TrainingWindowTest {
  private static final Fields FIELDS =
      new Fields(List.of(new Field("pressure", FieldKind.QUANTITY)));
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final long NOW = 10 * WINDOW.toMillis();

  @TempDir Path dir;

  @Test
  void shouldKeepRunsThatStayFromOneThatIsTooOld() {
    WindowStore<String, byte[]> store = store();
    TrainingWindow window = new TrainingWindow("default", store, 1);
    add(window, sample("pump-1", 0.5), NOW, NOW - WINDOW.toMillis());

    add(window, sample("pump-2", 0.1), NOW - 2 * WINDOW.toMillis(), NOW - WINDOW.toMillis());

    assertThat(window.runs(FIELDS)).extracting(Run::entity).containsExactly("pump-1");
    store.close();
  }

  @Test
  void shouldTakeSamplesOfRunningTotalsWhateverTheirStep() {
    WindowStore<String, byte[]> store = store();
    TrainingWindow window = new TrainingWindow("default", store, 1);
    Field energy = new Field("energy", FieldKind.TOTAL);

    add(window, sample("meter", 0.5, new Fields(List.of(energy))), NOW, 0);

    Fields layout = new Fields(List.of(energy.stepping(0.3)));
    assertThat(window.runs(layout))
        .singleElement()
        .satisfies(
            run -> assertThat(run.moments().get(0).observation().fields()).isEqualTo(layout));
    store.close();
  }

  @Test
  void shouldDeleteWhatALowerBoundLeavesOverOnlyWithTheNextSample() {
    WindowStore<String, byte[]> store = store();
    TrainingWindow before = new TrainingWindow("default", store, 4);
    add(before, sample("pump-1", 0.5), NOW, 0);
    add(before, sample("pump-2", 0.1), NOW, 0);

    TrainingWindow after = TrainingWindow.restored(store, 1).get("default");

    assertThat(stored(store)).isEqualTo(2);
    assertThat(after.runs(FIELDS)).extracting(Run::entity).containsExactly("pump-2");
    add(after, sample("pump-3", 0.9), NOW, 0);
    assertThat(stored(store)).isEqualTo(1);
    store.close();
  }

  private static void add(TrainingWindow window, Sample sample, long time, long oldest) {
    window.add(sample, sample.write(), time, oldest);
  }

  private static int stored(WindowStore<String, byte[]> store) {
    int count = 0;
    try (var all = store.all()) {
      for (; all.hasNext(); all.next()) {
        count++;
      }
    }
    return count;
  }

  private static Sample sample(String entity, double draw) {
    return sample(entity, draw, FIELDS);
  }

  private static Sample sample(String entity, double draw, Fields fields) {
    Observation observation = new Observation(fields, new double[] {4}, new String[1]);
    Run.Moment moment =
        new Run.Moment(
            Instant.ofEpochMilli(NOW), new Source("plant.telemetry", 0, 7), observation, false);
    return new Sample("default", 0, 0, draw, new Run(entity, List.of(moment)));
  }

  private WindowStore<String, byte[]> store() {
    WindowStore<String, byte[]> store =
        Stores.windowStoreBuilder(
                Stores.inMemoryWindowStore("window", WINDOW, WINDOW, false),
                Serdes.String(),
                Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    Properties properties = BenchProperties.scoring();
    StateStoreContext context =
        new MockProcessorContext<Void, Void>(
                properties, new org.apache.kafka.streams.processor.TaskId(0, 0), dir.toFile())
            .getStateStoreContext();
    store.init(context, store);
    return store;
  }
}
