package io.kelbo.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.UnreadableRecord.Reason;
import io.kelbo.record.Value;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Avro becomes the leaves that JSON would give; the bytes are written by Avro's own writer. */
class AvroPlanTest {
  private static final Schema EVERYTHING =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "R", "fields": [
               {"name": "motor", "type": {"type": "record", "name": "M", "fields": [
                 {"name": "current", "type": ["null", "double"]}, {"name": "poles", "type": "int"}]}},
               {"name": "speed", "type": "float"}, {"name": "open", "type": "boolean"},
               {"name": "samples", "type": {"type": "array", "items": {
                 "type": "record", "name": "S", "fields": [{"name": "x", "type": "long"}]}}},
               {"name": "tags", "type": {"type": "map", "values": ["null", "string", "double"]}},
               {"name": "mode", "type": {"type": "enum", "name": "E", "symbols": ["day", "night"]}},
               {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
               {"name": "paid", "type": {"type": "fixed", "name": "F", "size": 4, "logicalType": "decimal", "precision": 9, "scale": 3}},
               {"name": "day", "type": {"type": "int", "logicalType": "date"}},
               {"name": "clock", "type": {"type": "long", "logicalType": "time-micros"}},
               {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
               {"name": "nanos", "type": {"type": "long", "logicalType": "timestamp-nanos"}},
               {"name": "local", "type": {"type": "long", "logicalType": "local-timestamp-micros"}},
               {"name": "id", "type": {"type": "fixed", "name": "U", "size": 16, "logicalType": "uuid"}},
               {"name": "blob", "type": "bytes"}, {"name": "name", "type": "string"}]}
              """);

  @Test
  void shouldGiveTheLeavesOfEachType() throws Exception {
    Map<String, Object> leaves = plan(EVERYTHING, List.of(), false).read(bytes(everything()), 0);

    assertThat(leaves)
        .containsEntry("motor.current", 1.5)
        .containsEntry("motor.poles", 4.0)
        .containsEntry("speed", 0.1)
        .containsEntry("open", true)
        .containsEntry("samples.0.x", 7.0)
        .containsEntry("samples.1.x", -9.0)
        .containsEntry("tags.site", "north")
        .containsEntry("tags.load", 0.5)
        .containsEntry("mode", "night")
        .containsEntry("price", 12.34)
        .containsEntry("paid", -0.001)
        .containsEntry("day", "2026-11-22")
        .containsEntry("clock", 3600.5)
        .containsEntry("at", "2026-11-22T08:13:00.123Z")
        .containsEntry("nanos", "1970-01-01T00:00:00.000000001Z")
        .containsEntry("local", "1970-01-01T00:00:01.500")
        .containsEntry("id", "00000000-0000-0001-0000-000000000002")
        .containsEntry("name", "n")
        .hasSize(18);
  }

  @Test
  void shouldStepOverWhatIsNotKnown() throws Exception {
    AvroPlan plan = plan(EVERYTHING, List.of("motor.current", "name"), true);

    assertThat(plan.read(bytes(everything()), 0))
        .containsExactly(Map.entry("motor.current", 1.5), Map.entry("name", "n"));
  }

  @Test
  void shouldPutARenamedFieldUnderItsKnownName() throws Exception {
    Schema renamed =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "R", "fields": [
                 {"name": "press", "type": "double", "aliases": ["pressure"]}]}
                """);
    GenericRecord record = new GenericData.Record(renamed);
    record.put("press", 4.2);

    assertThat(plan(renamed, List.of("pressure"), false).read(write(renamed, record), 0))
        .containsExactly(Map.entry("pressure", 4.2));
    assertThat(plan(renamed, List.of(), false).read(write(renamed, record), 0))
        .containsExactly(Map.entry("press", 4.2));
  }

  @Test
  void shouldRefuseMutatedBytesOrReadThemButNeverFail() throws Exception {
    byte[] good = bytes(everything());
    AvroPlan all = plan(EVERYTHING, List.of(), false);
    AvroPlan some = plan(EVERYTHING, List.of("name"), true);
    Random random = new Random(11);
    int refused = 0;

    for (int i = 0; i < 200_000; i++) {
      byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length + 8));
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      refused += refuses(all, bad) ? 1 : 0;
      refuses(some, bad);
    }

    assertThat(refused).isBetween(100_000, 199_999);
  }

  @Test
  void shouldBoundItemsThatTakeNoBytes() {
    Schema nothings =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "R", "fields": [
                 {"name": "a", "type": {"type": "array", "items": "null"}}]}
                """);
    byte[] many = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 0};

    UnreadableRecord refused =
        catchThrowableOfType(
            UnreadableRecord.class, () -> plan(nothings, List.of(), false).read(many, 0));

    assertThat(refused.reason()).isEqualTo(Reason.NOT_AVRO);
  }

  @Test
  void shouldRefuseToFollowASchemaThatHoldsItselfTooDeep() {
    Schema chain =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "C", "fields": [{"name": "next", "type": ["null", "C"]}]}
                """);
    byte[] deep = new byte[1_000];
    Arrays.fill(deep, 0, 999, (byte) 2);

    UnreadableRecord refused =
        catchThrowableOfType(
            UnreadableRecord.class, () -> plan(chain, List.of(), false).read(deep, 0));

    assertThat(refused.reason()).isEqualTo(Reason.TOO_DEEP);
  }

  @Test
  void shouldFillWhatIsMissingAndKeepAllElse() throws Exception {
    AvroWritten written = new AvroWritten(Framing.CONFLUENT, EVERYTHING, 7);
    GenericRecord record = everything();
    ((GenericRecord) record.get("motor")).put("current", null);
    CompletedAvro completed = new CompletedAvro(written, AvroBody.write(written, record));

    assertThat(completed.fill("motor.current", new Value.Number(2.5))).isTrue();
    assertThat(completed.fill("samples.1.x", new Value.Number(3.4))).isTrue();
    assertThat(completed.fill("mode", new Value.Text("noon"))).isFalse();
    assertThat(completed.fill("price", new Value.Number(0.999))).isTrue();
    assertThat(completed.fill("nowhere", new Value.Number(1))).isFalse();

    GenericRecord back = AvroBody.read(written, completed.write());
    assertThat(((GenericRecord) back.get("motor")).get("current")).isEqualTo(2.5);
    assertThat(back.get("mode")).hasToString("night");
    assertThat(plan(EVERYTHING, List.of(), false).read(completed.write(), 5))
        .containsEntry("samples.1.x", 3.0)
        .containsEntry("price", 1.0);
  }

  private static boolean refuses(AvroPlan plan, byte[] value) {
    return catchThrowableOfType(UnreadableRecord.class, () -> plan.read(value, 0)) != null;
  }

  private static AvroPlan plan(Schema schema, List<String> known, boolean only) {
    return new AvroPlan(schema, Paths.of(known), only);
  }

  private static GenericRecord everything() {
    GenericRecord record = new GenericData.Record(EVERYTHING);
    GenericRecord motor = new GenericData.Record(EVERYTHING.getField("motor").schema());
    motor.put("current", 1.5);
    motor.put("poles", 4);
    record.put("motor", motor);
    record.put("speed", 0.1f);
    record.put("open", true);
    Schema item = EVERYTHING.getField("samples").schema().getElementType();
    GenericRecord first = new GenericData.Record(item);
    first.put("x", 7L);
    GenericRecord second = new GenericData.Record(item);
    second.put("x", -9L);
    record.put("samples", List.of(first, second));
    record.put("tags", Map.of("site", "north", "load", 0.5));
    Schema mode = EVERYTHING.getField("mode").schema();
    record.put("mode", new GenericData.EnumSymbol(mode, "night"));
    record.put("price", ByteBuffer.wrap(BigInteger.valueOf(1234).toByteArray()));
    record.put(
        "paid",
        new GenericData.Fixed(EVERYTHING.getField("paid").schema(), new byte[] {-1, -1, -1, -1}));
    record.put("day", 20_779);
    record.put("clock", 3_600_500_000L);
    record.put("at", 1_795_335_180_123L);
    record.put("nanos", 1L);
    record.put("local", 1_500_000L);
    byte[] id = new byte[16];
    id[7] = 1;
    id[15] = 2;
    record.put("id", new GenericData.Fixed(EVERYTHING.getField("id").schema(), id));
    record.put("blob", ByteBuffer.wrap(new byte[] {1, 2, 3}));
    record.put("name", "n");
    return record;
  }

  private static byte[] bytes(GenericRecord record) throws IOException {
    return write(EVERYTHING, record);
  }

  private static byte[] write(Schema schema, GenericRecord record) {
    return AvroBody.write(new AvroWritten(Framing.PLAIN, schema, 0), record);
  }
}
