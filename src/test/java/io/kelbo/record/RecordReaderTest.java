package io.kelbo.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kelbo.record.UnreadableRecord.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordReaderTest {
  private static final Instant STAMP = Instant.parse("2026-11-22T08:00:00Z");
  private static final Source SOURCE = new Source("plant", 3, 17);
  private static final Fields FIELDS =
      new Fields(
          List.of(
              new Field("pressure", FieldKind.QUANTITY),
              new Field("motor.starts", FieldKind.COUNT),
              new Field("open", FieldKind.FLAG),
              new Field("mode", FieldKind.CATEGORY)));

  private static RecordReader reader(EntityRule entity, @Nullable String timePath) {
    return new RecordReader(new InputLayout(FIELDS, entity, timePath), 1_048_576);
  }

  private static Observation observe(Map<String, Object> leaves) throws UnreadableRecord {
    return reader(new EntityRule.Key(), null).observe(leaves);
  }

  @Test
  void shouldReadARecordWhole() throws UnreadableRecord {
    byte[] value =
        "{\"pressure\":4.2,\"motor\":{\"starts\":3},\"open\":true,\"mode\":\"auto\",\"extra\":[1]}"
            .getBytes(UTF_8);

    Incoming incoming =
        reader(new EntityRule.Key(), null).read(SOURCE, "pump-3".getBytes(UTF_8), value, STAMP);

    assertThat(incoming.entity()).isEqualTo("pump-3");
    assertThat(incoming.time()).isEqualTo(STAMP);
    assertThat(incoming.source()).isEqualTo(SOURCE);
    assertThat(incoming.observation().number(0)).isEqualTo(4.2);
    assertThat(incoming.observation().number(1)).isEqualTo(3);
    assertThat(incoming.observation().number(2)).isEqualTo(1);
    assertThat(incoming.observation().text(3)).isEqualTo("auto");
  }

  @Test
  void shouldKeepLongEntitiesShortAndApart() {
    RecordReader reader = reader(new EntityRule.Key(), null);

    String one = reader.entity(SOURCE, ("x".repeat(100_000) + 1).getBytes(UTF_8), Map.of());
    String other = reader.entity(SOURCE, ("x".repeat(100_000) + 2).getBytes(UTF_8), Map.of());

    assertThat(one).hasSizeLessThan(256).isNotEqualTo(other);
  }

  @ParameterizedTest
  @CsvSource({"' 4.5 ',4.5", "-1e-3,-0.001", "+7,7", "007,7"})
  void shouldTakeNumericTextForANumber(String text, double number) throws UnreadableRecord {
    assertThat(observe(Map.of("pressure", text)).number(0)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({"''", "' '", "NaN", "null", "N/A", "-inf", "Infinity", "1e999"})
  void shouldTakeWordsForNothingAsMissing(String text) throws UnreadableRecord {
    Observation observation = observe(Map.of("pressure", text, "open", text));

    assertThat(observation.missing(0)).isTrue();
    assertThat(observation.present()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"true,1", "FALSE,0", "1,1", "0.0,0"})
  void shouldReadFlagsInAllSpellings(String text, double flag) throws UnreadableRecord {
    assertThat(observe(Map.of("open", text)).number(2)).isEqualTo(flag);
  }

  @Test
  void shouldNameNumbersAndFlagsInACategory() throws UnreadableRecord {
    assertThat(observe(Map.of("mode", 3.0)).text(3)).isEqualTo("3");
    assertThat(observe(Map.of("mode", true)).text(3)).isEqualTo("true");
    assertThat(observe(Map.of("mode", "")).text(3)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "pressure,hot,'field ''pressure'' is ''hot'' but must be a number'",
    "pressure,0x10,'0x10'",
    "pressure,'1,5','1,5'",
    "motor.starts,many,'since it is a count'",
    "open,2,'must be true, false, 0 or 1'",
    "open,ajar,'must be true, false, 0 or 1'",
  })
  void shouldRefuseWhatTheFieldDoesNotMeasure(String path, String text, String sentence) {
    assertThatThrownBy(() -> observe(Map.of(path, text)))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining(sentence);
    assertThat(
            catchThrowableOfType(UnreadableRecord.class, () -> observe(Map.of("pressure", true)))
                .reason())
        .isEqualTo(Reason.WRONG_TYPE);
  }

  @Test
  void shouldTakeThePartitionForTheEntityWhereNothingElseSays() throws UnreadableRecord {
    byte[] value = "{\"pump\":7,\"pressure\":1}".getBytes(UTF_8);
    byte[] without = "{\"pressure\":1}".getBytes(UTF_8);
    RecordReader byPath = reader(new EntityRule.Path("pump"), null);

    assertThat(reader(new EntityRule.Key(), null).read(SOURCE, null, value, STAMP).entity())
        .isEqualTo("partition-3");
    assertThat(byPath.read(SOURCE, null, value, STAMP).entity()).isEqualTo("7");
    assertThat(byPath.read(SOURCE, null, without, STAMP).entity()).isEqualTo("partition-3");
    assertThat(
            reader(new EntityRule.Partition(), null)
                .read(SOURCE, new byte[] {'k'}, value, STAMP)
                .entity())
        .isEqualTo("partition-3");
  }

  @Test
  void shouldShowBinaryKeysInHexadecimal() {
    assertThat(RecordReader.keyText(new byte[] {0, 0, 0, 42})).isEqualTo("0x0000002a");
    assertThat(RecordReader.keyText(new byte[] {(byte) 0xff, 1})).isEqualTo("0xff01");
    assertThat(RecordReader.keyText("Pümpe 1".getBytes(UTF_8))).isEqualTo("Pümpe 1");
  }

  @ParameterizedTest
  @CsvSource({
    "2020-03-09T10:14:33Z,2020-03-09T10:14:33Z",
    "2020-03-09T10:14:33.250Z,2020-03-09T10:14:33.250Z",
    "2020-03-09T10:14:33+01:00,2020-03-09T09:14:33Z",
    "2020-03-09T10:14:33+0100,2020-03-09T09:14:33Z",
    "2020-03-09T10:14:33,2020-03-09T10:14:33Z",
    "2020-03-09 10:14:33,2020-03-09T10:14:33Z",
    "2020-03-09 10:14:33.5,2020-03-09T10:14:33.500Z",
    "2020-03-09 10:14:33.123456,2020-03-09T10:14:33.123456Z",
    "2020-03-09 10:14,2020-03-09T10:14:00Z",
    "2020-03-09,2020-03-09T00:00:00Z",
    "1583748873,2020-03-09T10:14:33Z",
    "1583748873.5,2020-03-09T10:14:33.500Z",
    "1583748873250,2020-03-09T10:14:33.250Z",
    "1583748873250001,2020-03-09T10:14:33.250001Z",
    "-86400,1969-12-31T00:00:00Z",
    "4078684800,2099-04-01T00:00:00Z",
  })
  void shouldReadTimesAsPeopleWriteThem(String text, Instant time) throws UnreadableRecord {
    RecordReader reader = reader(new EntityRule.Key(), "ts");

    assertThat(reader.time(Map.of("ts", text), STAMP)).isEqualTo(time);
  }

  @Test
  void shouldReadTheTimeOfNumbersToo() throws UnreadableRecord {
    RecordReader reader = reader(new EntityRule.Key(), "ts");

    assertThat(reader.time(Map.of("ts", 1583748873250.0), STAMP))
        .isEqualTo(Instant.parse("2020-03-09T10:14:33.250Z"));
    assertThat(reader.time(Map.of(), STAMP)).isEqualTo(STAMP);
    assertThat(reader.time(Map.of("ts", "NaN"), STAMP)).isEqualTo(STAMP);
  }

  @ParameterizedTest
  @CsvSource({"yesterday", "2020-13-45 10:00:00", "10:14:33", "1e30"})
  void shouldRefuseATimeThatIsNone(String text) {
    RecordReader reader = reader(new EntityRule.Key(), "ts");

    assertThatThrownBy(() -> reader.time(Map.of("ts", text), STAMP))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining("field 'ts' is '" + text)
        .hasMessageContaining("must be a time");
  }
}
