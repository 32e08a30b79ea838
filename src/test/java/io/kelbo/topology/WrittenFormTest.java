package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kelbo.model.Episode;
import io.kelbo.model.FieldFinding;
import io.kelbo.model.Imputation;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import io.kelbo.record.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands on our topics, to the letter. */
class WrittenFormTest {
  private static final Instant TIME = Instant.parse("2026-11-22T08:13:00.123Z");
  private static final Source SOURCE = new Source("plant.telemetry", 0, 81231);

  @Test
  void shouldWriteAnAnomalyAsPromised() {
    Verdict verdict =
        new Verdict(
            SOURCE.id(),
            "pump-3",
            TIME,
            VerdictKind.ANOMALY,
            "p below budget",
            3.1e-7,
            2.0e-5,
            41.7,
            38.2,
            3.5,
            0.775,
            new Episode("plant.telemetry/0/81231", Episode.State.OPENED),
            new ModelId("default", 7),
            List.of(
                new FieldFinding(
                    "pressure", new Value.Number(9.1), new Value.Number(4.2), 3.8, 4.6, 36.9, true),
                new FieldFinding(
                    "valve", null, new Value.Flag(true), Double.NaN, Double.NaN, 0, false)),
            SOURCE);

    assertThat(text(VerdictJson.write(verdict)))
        .isEqualTo(
            "{\"id\":\"plant.telemetry/0/81231\",\"entity\":\"pump-3\",\"time\":\"2026-11-22T08:13:00.123Z\","
                + "\"verdict\":\"anomaly\",\"reason\":\"p below budget\",\"p_value\":3.1E-7,\"threshold_p\":2.0E-5,"
                + "\"surprisal\":41.7,\"reconstruction\":38.2,\"latent\":3.5,\"alarm_score\":0.775,"
                + "\"episode\":{\"id\":\"plant.telemetry/0/81231\",\"state\":\"opened\"},"
                + "\"model\":{\"segment\":\"default\",\"version\":7},\"fields\":["
                + "{\"name\":\"pressure\",\"value\":9.1,\"expected\":4.2,\"low\":3.8,\"high\":4.6,"
                + "\"contribution\":36.9,\"missing\":false,\"culprit\":true},"
                + "{\"name\":\"valve\",\"expected\":true,\"contribution\":0.0,\"missing\":true,\"culprit\":false}],"
                + "\"source\":{\"topic\":\"plant.telemetry\",\"partition\":0,\"offset\":81231}}");
  }

  @Test
  void shouldLeaveOutWhatDoesNotApply() {
    Verdict verdict =
        new Verdict(
            SOURCE.id(),
            "pump-3",
            TIME,
            VerdictKind.UNSCORABLE,
            "no known field has a value",
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            null,
            null,
            List.of(),
            SOURCE);

    assertThat(text(VerdictJson.write(verdict)))
        .isEqualTo(
            "{\"id\":\"plant.telemetry/0/81231\",\"entity\":\"pump-3\",\"time\":\"2026-11-22T08:13:00.123Z\","
                + "\"verdict\":\"unscorable\",\"reason\":\"no known field has a value\","
                + "\"source\":{\"topic\":\"plant.telemetry\",\"partition\":0,\"offset\":81231}}");
  }

  @Test
  void shouldCompleteARecordAndLeaveTheRestAsItWas() throws IOException {
    String record =
        "{\"pressure\":null,\"serial\":12345678901234567890,\"motor\":{\"flow\":1.50},"
            + "\"axes\":[{\"g\":1},null],\"a.b\":null}";

    byte[] completed =
        CompletedJson.write(
            FirstModels.bytes(record),
            List.of(
                new Imputation("pressure", new Value.Number(4.25), 0.1, "vae"),
                new Imputation("motor.temperature", new Value.Number(60), 0.1, "vae"),
                new Imputation("axes.1.g", new Value.Number(2), 0.1, "vae"),
                new Imputation("a.b", new Value.Text("x"), Double.NaN, "vae"),
                new Imputation("new.valve", new Value.Flag(true), Double.NaN, "vae")));

    assertThat(text(completed))
        .isEqualTo(
            "{\"pressure\":4.25,\"serial\":12345678901234567890,"
                + "\"motor\":{\"flow\":1.50,\"temperature\":60.0},"
                + "\"axes\":[{\"g\":1},{\"g\":2.0}],\"a.b\":\"x\",\"new\":{\"valve\":true}}");
  }

  @Test
  void shouldReadTheSampleThatWasWritten() throws IOException {
    Fields fields =
        new Fields(
            List.of(
                new Field("pressure", FieldKind.QUANTITY),
                new Field("valve", FieldKind.FLAG),
                new Field("mode", FieldKind.CATEGORY)));
    Observation full =
        new Observation(
            fields, new double[] {4.25, 1, Double.NaN}, new String[] {null, null, "day"});
    Observation empty =
        new Observation(
            fields,
            new double[] {Double.NaN, Double.NaN, Double.NaN},
            new String[] {null, null, null});
    Sample sample =
        new Sample(
            "default",
            3,
            15,
            0.25,
            new Run(
                "pump-1",
                List.of(
                    new Run.Moment(TIME, SOURCE, full, true),
                    new Run.Moment(TIME.plusNanos(1_000), SOURCE, empty, false))));

    Sample again = Sample.read(sample.write());

    assertThat(again.block()).isEqualTo(3);
    assertThat(again.part()).isEqualTo(15);
    assertThat(again.draw()).isEqualTo(0.25);
    assertThat(again.fields()).isEqualTo(fields);
    assertThat(again.run().entity()).isEqualTo("pump-1");
    Run.Moment first = again.run().moments().get(0);
    assertThat(first.time()).isEqualTo(TIME);
    assertThat(first.source()).isEqualTo(SOURCE);
    assertThat(first.flagged()).isTrue();
    assertThat(first.observation().number(0)).isEqualTo(4.25);
    assertThat(first.observation().number(1)).isEqualTo(1);
    assertThat(first.observation().text(2)).isEqualTo("day");
    assertThat(again.run().moments().get(1).observation().present()).isZero();
  }

  @Test
  void shouldReadTheSnapshotAndTheChampionThatWereWritten() throws Exception {
    Model model = FirstModels.model(3);

    ModelSnapshot again = ModelSnapshot.read(ModelSnapshot.of(model).write());
    Champion champion = Champion.read(new Champion(3, TIME, "it won").write());

    assertThat(again.model().id()).isEqualTo(new ModelId("default", 3));
    assertThat(again.records()).isEqualTo(400);
    assertThat(again.parent()).isNull();
    assertThat(champion).isEqualTo(new Champion(3, TIME, "it won"));
  }

  @Test
  void shouldRefuseBytesOfAnotherSchema() {
    byte[] champion = new Champion(3, TIME, "it won").write();

    assertThatThrownBy(() -> ModelSnapshot.read(champion)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Champion.read(new byte[] {1})).isInstanceOf(IOException.class);
  }

  @Test
  void shouldPutASegmentsModelsOnOnePartition() {
    assertThat(Topics.modelPartition("default/12", 7))
        .isEqualTo(Topics.modelPartition("default", 7));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
