package io.kelbo.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kelbo.record.EntityRule;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.InputLayout;
import io.kelbo.record.RecordReader;
import io.kelbo.record.UnreadableRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each logical type of Avro 1.12, written by Avro's own conversions, as docs/formats.md says. */
class LogicalTypesTest {
  private static final Instant AT = Instant.parse("2026-11-22T08:13:00.123456Z");
  private static final LocalDateTime LOCAL = LocalDateTime.parse("2026-11-22T08:13:00.123456");
  private static final UUID ID = UUID.fromString("6f1c2f7e-0d3b-4a52-9c1e-0123456789ab");

  static Stream<Arguments> types() {
    return Stream.of(
        of("int", "date", LocalDate.parse("2026-11-22"), "2026-11-22"),
        of("int", "time-millis", LocalTime.parse("01:00:00.250"), 3600.25),
        of("long", "time-micros", LocalTime.parse("01:00:00.000250"), 3600.00025),
        of("long", "timestamp-millis", AT, "2026-11-22T08:13:00.123Z"),
        of("long", "timestamp-micros", AT, "2026-11-22T08:13:00.123456Z"),
        of("long", "timestamp-nanos", AT.plusNanos(7), "2026-11-22T08:13:00.123456007Z"),
        of(
            "long",
            "timestamp-micros",
            Instant.parse("1924-10-25T15:21:48.9Z"),
            "1924-10-25T15:21:48.900Z"),
        of("long", "local-timestamp-millis", LOCAL, "2026-11-22T08:13:00.123"),
        of("long", "local-timestamp-micros", LOCAL, "2026-11-22T08:13:00.123456"),
        of("long", "local-timestamp-nanos", LOCAL, "2026-11-22T08:13:00.123456"),
        of("string", "uuid", ID, ID.toString()),
        of("bytes", "big-decimal", new BigDecimal("-12.345"), -12.345),
        of("bytes", "big-decimal", new BigDecimal("7E+30"), 7e30));
  }

  private static Arguments of(String type, String logical, Object value, Object leaf) {
    return Arguments.of(type, logical, value, leaf);
  }

  @ParameterizedTest(name = "{1} in {0}")
  @MethodSource("types")
  void shouldReadALogicalType(String type, String logical, Object value, Object leaf)
      throws Exception {
    Schema schema = schema("{\"type\": \"%s\", \"logicalType\": \"%s\"}".formatted(type, logical));

    Map<String, Object> leaves = plan(schema).read(bytes(schema, value), 0);

    assertThat(leaves).containsExactly(Map.entry("x", leaf));
    if (logical.contains("timestamp")) {
      InputLayout byField =
          new InputLayout(
              new Fields(List.of(new Field("y", FieldKind.QUANTITY))), EntityRule.of("key"), "x");
      String utc = leaf.toString().replaceFirst("[0-9]$", "$0Z");
      assertThat(new RecordReader(byField, 1_000).time(leaves, Instant.EPOCH))
          .isEqualTo(Instant.parse(utc));
    }
  }

  @Test
  void shouldReadAUuidOfSixteenBytes() throws Exception {
    Schema schema = fixed(16, "uuid");

    assertThat(plan(schema).read(bytes(schema, ID), 0)).containsExactly(Map.entry("x", ID + ""));
  }

  @Test
  void shouldReadADurationAsThreeNumbers() throws Exception {
    Schema schema = fixed(12, "duration");
    byte[] bytes =
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(1)
            .putInt(30)
            .putInt(-1)
            .array();

    assertThat(plan(schema).read(bytes, 0))
        .containsExactly(
            Map.entry("x.months", 1.0),
            Map.entry("x.days", 30.0),
            Map.entry("x.millis", 4_294_967_295.0));
  }

  @Test
  void shouldReadWhatIsBelowATypeThatDoesNotFitOrIsNotKnown() throws Exception {
    Schema misplaced = schema("{\"type\": \"double\", \"logicalType\": \"date\"}");
    Schema unknown = schema("{\"type\": \"long\", \"logicalType\": \"moon-phase\"}");

    assertThat(plan(misplaced).read(bytes(misplaced, 1.5), 0)).containsEntry("x", 1.5);
    assertThat(plan(unknown).read(bytes(unknown, 3L), 0)).containsEntry("x", 3.0);
    assertThat(plan(fixed(5, "duration")).read(new byte[5], 0)).isEmpty();
  }

  @Test
  void shouldBoundABigDecimalAndRefuseOneThatLies() throws Exception {
    Schema schema = schema("{\"type\": \"bytes\", \"logicalType\": \"big-decimal\"}");
    byte[] huge = {14, 2, 9, -1, -1, -1, -1, 15}; // 9 with a scale of -2^31
    byte[] lying = {4, 100, 9};

    UnreadableRecord refused =
        catchThrowableOfType(UnreadableRecord.class, () -> plan(schema).read(lying, 0));

    assertThat(plan(schema).read(huge, 0)).isEmpty(); // infinite is missing
    assertThat(refused.reason()).isEqualTo(UnreadableRecord.Reason.NOT_AVRO);
  }

  private static AvroPlan plan(Schema schema) {
    return new AvroPlan(schema, Paths.of(List.of()), false);
  }

  private static Schema fixed(int size, String logical) {
    return schema(
        "{\"type\": \"fixed\", \"name\": \"F\", \"size\": %d, \"logicalType\": \"%s\"}"
            .formatted(size, logical));
  }

  private static Schema schema(String type) {
    return new Schema.Parser()
        .parse(
            "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"x\", \"type\": %s}]}"
                .formatted(type));
  }

  private static byte[] bytes(Schema schema, Object value) throws IOException {
    GenericData data = new GenericData();
    List.of(
            new TimeConversions.DateConversion(),
            new TimeConversions.TimeMillisConversion(),
            new TimeConversions.TimeMicrosConversion(),
            new TimeConversions.TimestampMillisConversion(),
            new TimeConversions.TimestampMicrosConversion(),
            new TimeConversions.TimestampNanosConversion(),
            new TimeConversions.LocalTimestampMillisConversion(),
            new TimeConversions.LocalTimestampMicrosConversion(),
            new TimeConversions.LocalTimestampNanosConversion(),
            new Conversions.UUIDConversion(),
            new Conversions.BigDecimalConversion())
        .forEach(data::addLogicalTypeConversion);
    GenericRecord record = new GenericData.Record(schema);
    record.put("x", value);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema, data).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
