package io.kelbo.topology;

import io.kelbo.record.Fields;
import io.kelbo.train.Drift;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * What one scoring task saw of its newest records; the value on {@code tallies}.
 *
 * @param version the model that judged them
 * @param from stream time at the first, in ms
 * @param to stream time at the last, in ms
 * @param fields in the model's order
 */
record Tally(
    String segment,
    int version,
    String task,
    long from,
    long to,
    long records,
    long opened,
    long below01,
    long below001,
    List<Field> fields) {
  private static final SingleObject AVRO = SingleObject.of("Tally");
  private static final Schema FIELD = AVRO.schema().getField("fields").schema().getElementType();

  Tally {
    fields = List.copyOf(fields);
  }

  /** One field of it. */
  record Field(String name, long missing, double sum, double squares) {}

  /** Both together; they must be of one model. */
  Tally plus(Tally other) {
    List<Field> both = new ArrayList<>();
    for (int j = 0; j < fields.size(); j++) {
      Field a = fields.get(j);
      Field b = other.fields.get(j);
      both.add(
          new Field(
              a.name(), a.missing() + b.missing(), a.sum() + b.sum(), a.squares() + b.squares()));
    }
    return new Tally(
        segment,
        version,
        task,
        Math.min(from, other.from),
        Math.max(to, other.to),
        records + other.records,
        opened + other.opened,
        below01 + other.below01,
        below001 + other.below001,
        both);
  }

  /** What a field did, for {@link Drift}. */
  Drift.Block block(int field) {
    Field one = fields.get(field);
    return new Drift.Block(records, one.missing(), one.sum(), one.squares());
  }

  /** Whether it is of these fields, in this order. */
  boolean fits(Fields others) {
    return fields.stream()
        .map(Field::name)
        .toList()
        .equals(others.list().stream().map(io.kelbo.record.Field::name).toList());
  }

  byte[] write() {
    GenericRecord record = new GenericData.Record(AVRO.schema());
    record.put("segment", segment);
    record.put("version", version);
    record.put("task", task);
    record.put("from", from);
    record.put("to", to);
    record.put("records", records);
    record.put("opened", opened);
    record.put("below_01", below01);
    record.put("below_001", below001);
    List<GenericRecord> list = new ArrayList<>();
    for (Field field : fields) {
      GenericRecord one = new GenericData.Record(FIELD);
      one.put("name", field.name());
      one.put("missing", field.missing());
      one.put("sum", field.sum());
      one.put("squares", field.squares());
      list.add(one);
    }
    record.put("fields", list);
    return AVRO.encode(record);
  }

  /**
   * @throws IOException if the bytes are not a tally's
   */
  static Tally read(byte[] bytes) throws IOException {
    GenericRecord record = AVRO.decode(bytes);
    List<Field> fields = new ArrayList<>();
    for (Object item : (List<?>) record.get("fields")) {
      GenericRecord one = (GenericRecord) item;
      fields.add(
          new Field(
              one.get("name").toString(),
              (long) one.get("missing"),
              (double) one.get("sum"),
              (double) one.get("squares")));
    }
    return new Tally(
        record.get("segment").toString(),
        (int) record.get("version"),
        record.get("task").toString(),
        (long) record.get("from"),
        (long) record.get("to"),
        (long) record.get("records"),
        (long) record.get("opened"),
        (long) record.get("below_01"),
        (long) record.get("below_001"),
        fields);
  }
}
