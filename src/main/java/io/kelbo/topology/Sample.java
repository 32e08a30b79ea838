package io.kelbo.topology;

import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive records of one entity on their way to the trainer.
 *
 * @param block which run of 512 records of the entity, from 0
 * @param part which piece of the run, from 0
 * @param draw the run's lot, in [0, 1)
 */
record Sample(String segment, long block, int part, double draw, Run run) {
  private static final SingleObject AVRO = SingleObject.of("Sample");
  private static final Schema FIELD = AVRO.schema().getField("fields").schema().getElementType();
  private static final Schema MOMENT = AVRO.schema().getField("moments").schema().getElementType();

  Fields fields() {
    return run.moments().get(0).observation().fields();
  }

  byte[] write() {
    GenericRecord record = new GenericData.Record(AVRO.schema());
    record.put("segment", segment);
    record.put("entity", run.entity());
    record.put("block", block);
    record.put("part", part);
    record.put("draw", draw);
    List<GenericRecord> names = new ArrayList<>();
    for (Field field : fields().list()) {
      GenericRecord name = new GenericData.Record(FIELD);
      name.put("name", field.name());
      name.put("kind", field.kind().word());
      names.add(name);
    }
    record.put("fields", names);
    record.put("moments", run.moments().stream().map(Sample::written).toList());
    return AVRO.encode(record);
  }

  private static GenericRecord written(Run.Moment moment) {
    GenericRecord record = new GenericData.Record(MOMENT);
    record.put("time", SingleObject.micros(moment.time()));
    record.put("topic", moment.source().topic());
    record.put("partition", moment.source().partition());
    record.put("offset", moment.source().offset());
    record.put("flagged", moment.flagged());
    Observation observation = moment.observation();
    List<@Nullable Object> values = new ArrayList<>();
    for (int j = 0; j < observation.fields().size(); j++) {
      String text = observation.text(j);
      double number = observation.number(j);
      values.add(text != null ? text : Double.isNaN(number) ? null : (Object) number);
    }
    record.put("values", values);
    return record;
  }

  /**
   * @throws IOException if the bytes are not a sample's
   */
  static Sample read(byte[] bytes) throws IOException {
    try {
      return read(AVRO.decode(bytes));
    } catch (IllegalArgumentException | IndexOutOfBoundsException noSample) {
      throw new IOException(noSample.getMessage(), noSample);
    }
  }

  private static Sample read(GenericRecord record) {
    List<Field> list = new ArrayList<>();
    for (Object item : (List<?>) record.get("fields")) {
      GenericRecord field = (GenericRecord) item;
      list.add(new Field(field.get("name").toString(), FieldKind.of(field.get("kind").toString())));
    }
    Fields fields = new Fields(list);
    List<Run.Moment> moments = new ArrayList<>();
    for (Object item : (List<?>) record.get("moments")) {
      moments.add(moment(fields, (GenericRecord) item));
    }
    return new Sample(
        record.get("segment").toString(),
        (long) record.get("block"),
        (int) record.get("part"),
        (double) record.get("draw"),
        new Run(record.get("entity").toString(), moments));
  }

  private static Run.Moment moment(Fields fields, GenericRecord record) {
    List<?> values = (List<?>) record.get("values");
    double[] numbers = new double[fields.size()];
    @Nullable String[] texts = new String[fields.size()];
    for (int j = 0; j < fields.size(); j++) {
      Object value = values.get(j);
      numbers[j] = value instanceof Double number ? number : Double.NaN;
      texts[j] = value instanceof CharSequence text ? text.toString() : null;
    }
    return new Run.Moment(
        SingleObject.instant((long) record.get("time")),
        new Source(
            record.get("topic").toString(),
            (int) record.get("partition"),
            (long) record.get("offset")),
        new Observation(fields, numbers, texts),
        (boolean) record.get("flagged"));
  }
}
