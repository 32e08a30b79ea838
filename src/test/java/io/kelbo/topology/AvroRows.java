package io.kelbo.topology;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.format.AvroBody;
import io.kelbo.format.AvroWritten;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** The rows of {@link PlantRows} as Avro. */
public final class AvroRows {
  /** Format with further fields of the record, each ending in a comma. */
  private static final String SCHEMA =
      """
      {"type": "record", "name": "Telemetry", "namespace": "plant", "fields": [%s
       {"name": "pressure", "type": "double"},
       {"name": "motor", "type": {"type": "record", "name": "Motor", "fields": [
         {"name": "flow", "type": "double"}, {"name": "temperature", "type": ["null", "double"], "default": null}]}},
       {"name": "mode", "type": {"type": "enum", "name": "Mode", "symbols": ["day", "night"]}},
       {"name": "valve", "type": "boolean"}, {"name": "serial", "type": "string"}]}
      """;

  public static final Schema PLAIN = schema("");

  private AvroRows() {}

  public static Schema schema(String more) {
    return new Schema.Parser().parse(SCHEMA.formatted(more));
  }

  public static GenericRecord record(Schema schema, String row) {
    JsonNode json = ScoringBench.json(FirstModels.bytes(row));
    GenericRecord record = new GenericData.Record(schema);
    GenericRecord motor = new GenericData.Record(schema.getField("motor").schema());
    JsonNode temperature = json.get("motor").get("temperature");
    motor.put("flow", json.get("motor").get("flow").asDouble());
    motor.put("temperature", temperature.isNull() ? null : (Object) temperature.asDouble());
    record.put("motor", motor);
    record.put("pressure", json.get("pressure").asDouble());
    Schema mode = schema.getField("mode").schema();
    record.put("mode", new GenericData.EnumSymbol(mode, json.get("mode").asText()));
    record.put("valve", json.get("valve").asBoolean());
    record.put("serial", json.get("serial").asText());
    return record;
  }

  public static byte[] bytes(AvroWritten as, String row) {
    return AvroBody.write(as, record(as.schema(), row));
  }
}
