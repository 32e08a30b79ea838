package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kelbo.context.Beat;
import io.kelbo.context.EntityState;
import io.kelbo.context.Mark;
import io.kelbo.context.Notes;
import io.kelbo.context.Said;
import io.kelbo.decide.LevelRule;
import io.kelbo.decide.Oddness;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.Snapshots;
import io.kelbo.model.UnreadableSnapshot;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.sample.Pace;
import io.kelbo.score.Tails;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What released formats wrote is read for ever; what a newer one wrote is refused. */
class GoldenFilesTest {
  private static Fields fields;

  @BeforeAll
  static void readFields() throws Exception {
    fields = Snapshots.read(golden("snapshot-3.bin")).layout().fields();
  }

  @ParameterizedTest
  @CsvSource({"1, false, 0", "2, true, 0", "3, true, 12"})
  void shouldReadASnapshotOfEachFormat(int format, boolean streams, int blocks) throws Exception {
    Model model = Snapshots.read(golden("snapshot-%d.bin".formatted(format)));

    assertThat(model.id()).isEqualTo(new ModelId("default", 7));
    assertThat(model.layout().fields()).isEqualTo(fields);
    assertThat(model.stream() != null).isEqualTo(streams);
    assertThat(model.provenance().records()).isEqualTo(400);
    assertThat(model.provenance().ground().blocks()).isEqualTo(blocks);
    assertThat(Snapshots.write(model)).isEqualTo(golden("snapshot-%d.bin".formatted(format)));
  }

  @Test
  void shouldReadTheGroundThatAModelStandsOn() throws Exception {
    Model model = Snapshots.read(golden("snapshot-3.bin"));

    assertThat(model.provenance().ground().settings())
        .containsEntry("alarms.budget", "0.001")
        .containsEntry("seed", "1");
    assertThat(model.provenance().ground().extents())
        .singleElement()
        .satisfies(extent -> assertThat(extent.last()).isEqualTo(399));
    assertThat(model.provenance().ground().footings()).hasSize(fields.size());
  }

  @Test
  void shouldReadTheTargetsOfAModel() throws Exception {
    Model model = Snapshots.read(golden("snapshot-4.bin"));

    assertThat(model.layout().fields().list())
        .extracting(Field::target)
        .containsExactly(false, false, false, true, true);
    assertThat(model.readouts()).hasSize(2);
    assertThat(model.readouts().get(1).classes()).containsExactly("day", "night");
    assertThat(Snapshots.write(model)).isEqualTo(golden("snapshot-4.bin"));
  }

  @Test
  void shouldReadTheTailsThatRepairsGoBy() throws Exception {
    Model model = Snapshots.read(golden("snapshot-5.bin"));

    assertThat(model.tails()).isNotEqualTo(Tails.normal(4));
    assertThat(Snapshots.write(model)).isEqualTo(golden("snapshot-5.bin"));
  }

  @Test
  void shouldReadWhichEntitiesAreOdd() throws Exception {
    Model model = Snapshots.read(golden("snapshot-6.bin"));

    assertThat(model.standard().odd().byName()).containsOnlyKeys("odd");
    assertThat(model.standard().odd().of("odd")).isEqualTo(new Oddness(0.5639826f, 0.41498393f));
    assertThat(Snapshots.write(model)).isEqualTo(golden("snapshot-6.bin"));
  }

  @Test
  void shouldReadHowManyLayersABranchHas() throws Exception {
    Model model = Snapshots.read(golden("snapshot-8.bin"));

    assertThat(model.network().shape().layers()).isEqualTo(2);
    assertThat(Snapshots.write(model)).isEqualTo(golden("snapshot-8.bin"));
  }

  @Test
  void shouldReadTheStepsOfRunningTotals() throws Exception {
    Model model = Snapshots.read(golden("snapshot-9.bin"));

    assertThat(model.layout().fields().list())
        .containsExactly(
            new Field("power", FieldKind.QUANTITY),
            new Field("energy", FieldKind.TOTAL).stepping(0.5));
    assertThat(Snapshots.write(model)).isEqualTo(golden("snapshot-9.bin"));
  }

  @Test
  void shouldReadHowFarApartLevelsLie() throws Exception {
    Model model = Snapshots.read(golden("snapshot-7.bin"));

    assertThat(model.stream().novelty().rule()).isEqualTo(LevelRule.SPACING);
    assertThat(model.stream().novelty().spacings()[1]).hasSizeGreaterThan(20);
    assertThat(Snapshots.write(model)).isEqualTo(golden("snapshot-7.bin"));
    assertThat(Snapshots.read(golden("snapshot-6.bin")).stream().novelty().rule())
        .isEqualTo(LevelRule.DISTANCE);
  }

  @ParameterizedTest
  @CsvSource({"1, 40", "2, 67", "3, 80", "4, 80"})
  void shouldReadAnEntityStateOfEachFormat(int format, long seen) throws IOException {
    EntityState state =
        EntityState.read("pump-1", fields, golden("entity-%d.bin".formatted(format)));

    assertThat(state.seen()).isEqualTo(seen);
    assertThat(state.recent(EntityState.CAPACITY).moments()).hasSize(EntityState.CAPACITY);
  }

  @ParameterizedTest
  @CsvSource({"3, 0", "4, 76"})
  void shouldReadWhatIsNotedOfAnEntity(int format, long since) throws IOException {
    byte[] bytes = golden("entity-%d.bin".formatted(format));

    Notes notes = EntityState.read("pump-1", fields, bytes).notes();

    assertThat(Beat.of(bytes))
        .isEqualTo(notes.beat())
        .isNotEqualTo(Beat.of(golden("entity-2.bin")));
    assertThat(notes.marks().list()).extracting(Mark::said).containsExactly(Said.ACCEPT_NORMAL);
    assertThat(notes.shift().of(fields.place("pressure"))).isBetween(8.0, 10.0);
    assertThat(notes.shift().since()).isEqualTo(since);
  }

  @Test
  void shouldReadWhatWasSentBetweenTheApplications() throws IOException {
    Sample sample = Sample.read(golden("sample-1.bin"));
    Tally tally = Tally.read(golden("tally-1.bin"));
    Lookout lookout = LookoutForm.read(golden("lookout-1.bin"));

    assertThat(sample.run().moments()).hasSize(EntityState.CAPACITY);
    assertThat(sample.fields()).isEqualTo(fields);
    assertThat(tally.records()).isEqualTo(Tallying.RECORDS);
    assertThat(tally.fits(fields)).isTrue();
    assertThat(lookout.block()).isEqualTo(tally);
    assertThat(Champion.read(golden("champion-1.bin")).version()).isEqualTo(7);
  }

  @Test
  void shouldReadAMarkerOfEachFormat() throws IOException {
    assertThat(Marker.read(golden("marker-1.bin"), 0))
        .isEqualTo(new Marker(5, -1, Marker.Cause.SCHEDULE, 400, 7, 0, false));
    assertThat(Marker.read(golden("marker-2.bin"), 0))
        .isEqualTo(new Marker(5, 9, Marker.Cause.DRIFT, 400, 7, 6, true));
  }

  @Test
  void shouldReadTheCountOfASegmentsRecords() throws IOException {
    byte[] bytes = golden("pace-1.bin");

    Pace pace = Pace.read(1_000, bytes);

    assertThat(pace.clock()).isEqualTo(2_490);
    assertThat(pace.records()).isBetween(100.0, 102.0);
    assertThat(pace.write()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"snapshot-9.bin", "entity-4.bin", "marker-2.bin", "lookout-1.bin", "pace-1.bin"})
  void shouldRefuseANewerFormatAndSayWhatToDo(String name) throws IOException {
    byte[] newer = golden(name);
    newer[0] = 99;

    assertThatThrownBy(() -> read(name, newer))
        .hasMessageContaining("format 99")
        .hasMessageContaining("run the newer version that wrote it");
  }

  /** What Avro writes bears the fingerprint of its schema where others bear a format. */
  @ParameterizedTest
  @ValueSource(strings = {"sample-1.bin", "tally-1.bin", "champion-1.bin"})
  void shouldRefuseANewerSchemaAndSayWhatToDo(String name) throws IOException {
    byte[] newer = golden(name);
    newer[2]++;

    assertThatThrownBy(() -> read(name, newer))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("fingerprint")
        .hasMessageContaining("run the newer version that wrote it");
  }

  private static void read(String name, byte[] bytes) throws IOException, UnreadableSnapshot {
    switch (name.substring(0, name.indexOf('-'))) {
      case "snapshot" -> Snapshots.read(bytes);
      case "entity" -> EntityState.read("pump-1", fields, bytes);
      case "marker" -> Marker.read(bytes, 0);
      case "lookout" -> LookoutForm.read(bytes);
      case "pace" -> Pace.read(1_000, bytes);
      case "sample" -> Sample.read(bytes);
      case "tally" -> Tally.read(bytes);
      case "champion" -> Champion.read(bytes);
      default -> throw new IllegalArgumentException(name);
    }
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = GoldenFilesTest.class.getResourceAsStream("/golden/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
