package io.kelbo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Whether JSON says what an Avro schema declares, by the rules of {@code schemas/README.md}: same
 * names, times as ISO text, unions without tags, nothing where null or empty.
 */
public final class JsonFit {
  static final Path SCHEMAS = Path.of(System.getProperty("kelbo.home", "."), "schemas");

  private final List<String> misfits = new ArrayList<>();

  private JsonFit() {}

  /** One of {@code schemas/}, without the ending. */
  static Schema schema(String name) throws IOException {
    return new Schema.Parser().parse(SCHEMAS.resolve(name + ".avsc").toFile());
  }

  /** The same for a schema of {@link #schema}. */
  public static List<String> misfits(String schema, byte[] json) throws IOException {
    return misfits(schema(schema), new ObjectMapper().readTree(json));
  }

  /** A sentence for each misfit; empty where the JSON fits. */
  static List<String> misfits(Schema schema, JsonNode json) {
    JsonFit fit = new JsonFit();
    fit.check(schema.getName(), schema, json);
    return fit.misfits;
  }

  private void check(String at, Schema schema, JsonNode json) {
    switch (schema.getType()) {
      case RECORD -> checkRecord(at, schema, json);
      case UNION -> {
        if (schema.getTypes().stream().noneMatch(type -> misfits(type, json).isEmpty())) {
          misfits.add("%s is %s but the schema has %s".formatted(at, json, schema));
        }
      }
      case ARRAY -> {
        require(at, schema, json, json.isArray() && !json.isEmpty());
        for (int i = 0; i < json.size(); i++) {
          check(at + "[" + i + "]", schema.getElementType(), json.path(i));
        }
      }
      case MAP -> {
        require(at, schema, json, json.isObject());
        json.properties()
            .forEach(e -> check(at + "." + e.getKey(), schema.getValueType(), e.getValue()));
      }
      case ENUM ->
          require(at, schema, json, json.isTextual() && schema.hasEnumSymbol(json.asText()));
      case STRING -> require(at, schema, json, json.isTextual());
      case BOOLEAN -> require(at, schema, json, json.isBoolean());
      case INT -> require(at, schema, json, json.isIntegralNumber() && json.canConvertToInt());
      case LONG ->
          require(at, schema, json, time(schema) ? instant(json) : json.isIntegralNumber());
      case DOUBLE -> require(at, schema, json, json.isNumber());
      default -> misfits.add("%s has type %s, which JSON has no form for".formatted(at, schema));
    }
  }

  private void checkRecord(String at, Schema schema, JsonNode json) {
    require(at, schema, json, json.isObject());
    for (Schema.Field field : schema.getFields()) {
      String name = at + "." + field.name();
      if (json.has(field.name())) {
        check(name, field.schema(), json.path(field.name()));
      } else if (!field.hasDefaultValue()) {
        misfits.add("%s is required and not written".formatted(name));
      }
    }
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (schema.getField(name) == null) {
                misfits.add("%s.%s is written and not declared".formatted(at, name));
              }
            });
  }

  private void require(String at, Schema schema, JsonNode json, boolean fits) {
    if (!fits) {
      misfits.add("%s is %s but the schema has %s".formatted(at, json, schema));
    }
  }

  private static boolean time(Schema schema) {
    return schema.getLogicalType() instanceof LogicalTypes.TimestampMicros;
  }

  private static boolean instant(JsonNode json) {
    try {
      return json.isTextual() && Instant.parse(json.asText()) != null;
    } catch (DateTimeParseException notATime) {
      return false;
    }
  }
}
