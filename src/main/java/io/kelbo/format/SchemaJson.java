package io.kelbo.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Between the two forms of one schema, as {@code schemas/README.md} has them: Avro, and JSON with
 * the same names, times as ISO-8601 text, unions without tags, nothing where null or empty.
 */
public final class SchemaJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SchemaJson() {}

  /**
   * JSON as Avro. What the schema does not declare is left out.
   *
   * @throws IllegalArgumentException naming the field that does not fit
   */
  public static GenericRecord record(Schema schema, JsonNode json) {
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      JsonNode node = json.get(field.name());
      if (node != null && !node.isNull()) {
        record.put(field.pos(), avro(field.name(), field.schema(), node));
      } else if (field.hasDefaultValue()) {
        record.put(field.pos(), GenericData.get().getDefaultValue(field));
      } else {
        throw misfit(field.name(), field.schema(), NODES.nullNode());
      }
    }
    return record;
  }

  private static @Nullable Object avro(String at, Schema schema, JsonNode node) {
    if (!fits(schema, node)) {
      throw misfit(at, schema, node);
    }
    return switch (schema.getType()) {
      case UNION -> {
        for (Schema branch : schema.getTypes()) {
          if (fits(branch, node)) {
            yield avro(at, branch, node);
          }
        }
        throw misfit(at, schema, node);
      }
      case RECORD -> record(schema, node);
      case ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        for (JsonNode item : node) {
          items.add(avro(at, schema.getElementType(), item));
        }
        yield items;
      }
      case MAP -> {
        Map<String, @Nullable Object> items = new HashMap<>();
        node.properties()
            .forEach(
                item -> items.put(item.getKey(), avro(at, schema.getValueType(), item.getValue())));
        yield items;
      }
      case ENUM -> new GenericData.EnumSymbol(schema, node.asText());
      case STRING -> node.asText();
      case BOOLEAN -> node.asBoolean();
      case INT -> node.intValue();
      case LONG -> time(schema) ? (Object) micros(at, node.asText()) : (Object) node.longValue();
      case DOUBLE -> node.doubleValue();
      default -> null;
    };
  }

  private static boolean fits(Schema schema, JsonNode node) {
    return switch (schema.getType()) {
      case NULL -> node.isNull();
      case UNION -> schema.getTypes().stream().anyMatch(branch -> fits(branch, node));
      case RECORD, MAP -> node.isObject();
      case ARRAY -> node.isArray();
      case ENUM -> node.isTextual() && schema.hasEnumSymbol(node.asText());
      case STRING -> node.isTextual();
      case BOOLEAN -> node.isBoolean();
      case INT -> node.isIntegralNumber() && node.canConvertToInt();
      case LONG -> time(schema) ? node.isTextual() : node.isIntegralNumber();
      case DOUBLE -> node.isNumber();
      default -> false;
    };
  }

  private static IllegalArgumentException misfit(String at, Schema schema, JsonNode node) {
    return new IllegalArgumentException(
        "'%s' is '%s' but the schema has %s: schemas/ and what is written differ"
            .formatted(at, node, schema));
  }

  private static long micros(String at, String text) {
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
    } catch (ArithmeticException outOfRange) {
      return text.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
    } catch (DateTimeException noTime) {
      throw new IllegalArgumentException(
          "'%s' is '%s' but must be a time in ISO-8601".formatted(at, text), noTime);
    }
  }

  private static boolean time(Schema schema) {
    return schema.getLogicalType() instanceof LogicalTypes.TimestampMicros;
  }

  /** Avro as JSON, read back by {@link #record}. */
  public static ObjectNode json(GenericRecord record) {
    ObjectNode json = NODES.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      JsonNode node = node(field.schema(), record.get(field.pos()));
      if (node != null) {
        json.set(field.name(), node);
      }
    }
    return json;
  }

  private static @Nullable JsonNode node(Schema schema, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (schema.getType()) {
      case UNION -> {
        int branch = GenericData.get().resolveUnion(schema, value);
        yield node(schema.getTypes().get(branch), value);
      }
      case RECORD -> json((GenericRecord) value);
      case ARRAY -> {
        ArrayNode items = NODES.arrayNode();
        for (Object item : (List<?>) value) {
          items.add(node(schema.getElementType(), item));
        }
        yield items.isEmpty() ? null : items;
      }
      case MAP -> {
        ObjectNode items = NODES.objectNode();
        ((Map<?, ?>) value)
            .forEach((key, item) -> items.set(key.toString(), node(schema.getValueType(), item)));
        yield items.isEmpty() ? null : items;
      }
      case BOOLEAN -> NODES.booleanNode((boolean) value);
      case INT -> NODES.numberNode((int) value);
      case LONG ->
          time(schema)
              ? NODES.textNode(Instant.EPOCH.plus((long) value, ChronoUnit.MICROS).toString())
              : NODES.numberNode((long) value);
      case DOUBLE -> NODES.numberNode((double) value);
      default -> NODES.textNode(value.toString());
    };
  }
}
