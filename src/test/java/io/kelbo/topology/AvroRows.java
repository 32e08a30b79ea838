package io.kelbo.topology;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.format.AvroBody;
import io.kelbo.format.AvroWritten;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

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

  /** What the row has of the schema's fields, by their names or aliases. */
  public static GenericRecord record(Schema schema, String row) {
    return record(schema, ScoringBench.json(FirstModels.bytes(row)));
  }

  private static GenericRecord record(Schema schema, JsonNode json) {
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      String name = field.aliases().stream().filter(json::has).findFirst().orElseGet(field::name);
      if (json.has(name)) {
        record.put(field.pos(), value(field.schema(), json.get(name)));
      }
    }
    return record;
  }

  private static @Nullable Object value(Schema schema, JsonNode json) {
    return switch (schema.getType()) {
      case UNION -> json.isNull() ? null : value(schema.getTypes().get(1), json);
      case RECORD -> record(schema, json);
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        json.forEach(item -> items.add(value(schema.getElementType(), item)));
        yield items;
      }
      case MAP -> {
        Map<String, Object> values = new LinkedHashMap<>();
        json.fields()
            .forEachRemaining(
                entry ->
                    values.put(entry.getKey(), value(schema.getValueType(), entry.getValue())));
        yield values;
      }
      case ENUM -> new GenericData.EnumSymbol(schema, json.asText());
      case INT -> json.asInt();
      case LONG -> json.asLong();
      case FLOAT -> (float) json.asDouble();
      case DOUBLE -> json.asDouble();
      case BOOLEAN -> json.asBoolean();
      default -> json.asText();
    };
  }

  public static byte[] bytes(AvroWritten as, String row) {
    return AvroBody.write(as, record(as.schema(), row));
  }
}
