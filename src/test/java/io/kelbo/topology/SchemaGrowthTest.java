package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.encode.Channel;
import io.kelbo.model.Model;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.train.Trainer;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/**
 * What a changed Avro schema brings takes part after the next training, and what it drops stays.
 */
class SchemaGrowthTest {
  private static final Topics TOPICS = ScoringBench.TOPICS;
  private final Model model = FirstModels.model(1);

  @Test
  void shouldTakeANewFieldAndANewSymbolInWithTheNextTraining() throws Exception {
    Schema changed =
        new Schema.Parser()
            .parse(
                AvroRows.schema("{\"name\": \"vibration\", \"type\": \"double\", \"default\": 0},")
                    .toString()
                    .replace("\"night\"]", "\"night\",\"dusk\"]"));
    List<TestRecord<byte[], byte[]>> samples;
    try (AvroInput input = new AvroInput();
        ScoringBench bench = input.bench(model)) {
      AvroInput.send(bench, input.written(AvroRows.PLAIN), 0, 600, PlantRows::row);
      AvroInput.send(bench, input.written(changed), 600, 1_400, SchemaGrowthTest::row);
      assertThat(bench.verdicts()).hasSize(1_400);
      assertThat(bench.json(TOPICS.lifecycle()))
          .extracting(event -> event.get("reason").asText())
          .containsExactly("field 'vibration' was added; field 'mode' has the new symbols [dusk]");
      assertThat(bench.out(TOPICS.deadLetters())).isEmpty();
      samples = bench.out(TOPICS.samples());
    }

    Model grown = trained(samples);

    assertThat(grown.layout().fields().list())
        .endsWith(new Field("vibration", FieldKind.QUANTITY))
        .hasSize(model.layout().fields().size() + 1);
    assertThat(symbols(model)).containsExactlyInAnyOrder("day", "night");
    assertThat(symbols(grown)).containsExactlyInAnyOrder("day", "night", "dusk");
    try (AvroInput input = new AvroInput();
        ScoringBench bench = input.bench(model)) {
      bench.publish(grown);
      AvroInput.send(bench, input.written(changed), 1_400, 1_500, SchemaGrowthTest::row);
      assertThat(bench.verdicts())
          .hasSize(100)
          .allMatch(verdict -> verdict.at("/model/version").asInt() == 2)
          .filteredOn(verdict -> verdict.get("verdict").asText().equals("anomaly"))
          .hasSizeLessThan(3);
    }
  }

  @Test
  void shouldFollowANewRunningTotalByWhatItGrowsBy() throws Exception {
    Schema changed =
        new Schema.Parser()
            .parse(
                AvroRows.schema("{\"name\": \"energy\", \"type\": \"double\", \"default\": 0},")
                    .toString());
    List<TestRecord<byte[], byte[]>> samples;
    try (AvroInput input = new AvroInput();
        ScoringBench bench = input.bench(model)) {
      AvroInput.send(bench, input.written(AvroRows.PLAIN), 0, 600, PlantRows::row);
      AvroInput.send(bench, input.written(changed), 600, 3_000, row -> metered(row, 0));
      samples = bench.out(TOPICS.samples());
    }

    Model grown = trained(samples);

    Field energy = grown.layout().fields().get(grown.layout().fields().size() - 1);
    assertThat(energy.name()).isEqualTo("energy");
    assertThat(energy.kind()).isEqualTo(FieldKind.TOTAL);
    assertThat(energy.step()).isBetween(4.0, 6.0);
    try (AvroInput input = new AvroInput();
        ScoringBench bench = input.bench(model)) {
      bench.publish(grown);
      AvroInput.send(bench, input.written(changed), 3_000, 3_300, row -> metered(row, 0));
      assertThat(bench.anomalies()).hasSizeLessThan(3);
      AvroInput.send(bench, input.written(changed), 3_300, 3_306, row -> metered(row, 900));
      assertThat(bench.anomalies())
          .filteredOn(anomaly -> anomaly.at("/fields/0/name").asText().equals("energy"))
          .hasSize(PlantRows.PUMPS);
    }
  }

  @Test
  void shouldGoOnTrainingWithoutALearnedFieldThatIsDropped() throws Exception {
    Schema fewer =
        new Schema.Parser()
            .parse(
                AvroRows.PLAIN
                    .toString()
                    .replace("{\"name\":\"pressure\",\"type\":\"double\"},", ""));
    List<TestRecord<byte[], byte[]>> samples;
    try (AvroInput input = new AvroInput();
        ScoringBench bench = input.bench(model)) {
      AvroInput.send(bench, input.written(AvroRows.PLAIN), 0, 600, PlantRows::row);
      AvroInput.send(bench, input.written(fewer), 600, 1_800, PlantRows::row);
      assertThat(bench.verdicts())
          .hasSize(1_800)
          .noneMatch(verdict -> verdict.get("verdict").asText().equals("unscorable"));
      assertThat(bench.out(TOPICS.deadLetters())).isEmpty();
      samples = bench.out(TOPICS.samples());
    }

    Model learned = trained(samples);

    assertThat(learned.layout().fields()).isEqualTo(model.layout().fields());
    try (AvroInput input = new AvroInput();
        ScoringBench bench = input.bench(model)) {
      bench.publish(learned);
      AvroInput.send(bench, input.written(fewer), 1_800, 1_900, PlantRows::row);
      assertThat(bench.verdicts()).hasSize(100);
      assertThat(bench.anomalies()).hasSizeLessThan(3);
    }
  }

  private Model trained(List<TestRecord<byte[], byte[]>> samples) throws Exception {
    try (TrainingBench bench =
        new TrainingBench(model, Duration.ofMinutes(10), Trainer::train, Runnable::run)) {
      bench.send(samples);
      bench.attend();
      return ModelSnapshot.read(bench.out(TOPICS.models()).get(0).value()).model();
    }
  }

  private static List<String> symbols(Model of) {
    return of.encoder().channels().stream()
        .filter(channel -> channel.kind() == Channel.Kind.CATEGORY)
        .flatMap(channel -> channel.categories().stream())
        .distinct()
        .toList();
  }

  /** One with the energy of its pump, which only grows. */
  private static String metered(int row, double leap) {
    double turn = row / PlantRows.PUMPS;
    double energy = 7_000 * (row % PlantRows.PUMPS) + 5 * turn + 2 * Math.sin(turn) + leap;
    return PlantRows.row(row).replace("{\"pressure\"", "{\"energy\": " + energy + ", \"pressure\"");
  }

  /** One that has a vibration, and at times the new mode. */
  private static String row(int row) {
    String value =
        PlantRows.row(row)
            .replace("{\"pressure\"", "{\"vibration\": " + (Math.sin(row) + 2) + ", \"pressure\"");
    return row % 3 == 0 ? value.replaceFirst("day|night", "dusk") : value;
  }
}
