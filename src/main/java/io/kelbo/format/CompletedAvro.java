package io.kelbo.format;

import io.kelbo.record.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * An Avro record with its missing fields filled in, under its own schema. What the schema has no
 * place for is not filled: a field that it does not have, a symbol that it does not list.
 */
public final class CompletedAvro {
  private final AvroWritten written;
  private final GenericRecord record;

  /**
   * @throws IOException if the bytes are not of the schema
   */
  public CompletedAvro(AvroWritten written, byte[] value) throws IOException {
    this.written = written;
    this.record = AvroBody.read(written, value);
  }

  /** Sets a value at its dotted path; false where there is no place for it. */
  public boolean fill(String path, Value value) {
    return fill(record, path, value);
  }

  public byte[] write() {
    return AvroBody.write(written, record);
  }

  private static boolean fill(@Nullable Object at, String path, Value value) {
    int dot = path.indexOf('.');
    String step = dot < 0 ? path : path.substring(0, dot);
    String rest = dot < 0 ? "" : path.substring(dot + 1);
    if (at instanceof GenericRecord record) {
      Schema.Field field = field(record.getSchema(), step);
      if (field == null || !rest.isEmpty()) {
        return field != null && fill(record.get(field.pos()), rest, value);
      }
      Object fitted = fitted(field.schema(), value);
      if (fitted != null) {
        record.put(field.pos(), fitted);
      }
      return fitted != null;
    }
    if (at instanceof GenericData.Array<?> array) {
      return fillItem(array, step, rest, value);
    }
    if (at instanceof Map<?, ?> map) {
      // Keys may hold dots themselves, and are no String where Avro made them.
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String key = entry.getKey().toString();
        if (path.startsWith(key + ".")
            && fill(entry.getValue(), path.substring(key.length() + 1), value)) {
          return true;
        }
      }
    }
    return false;
  }

  private static <T> boolean fillItem(
      GenericData.Array<T> array, String step, String rest, Value value) {
    if (!step.matches("[0-9]{1,9}") || Integer.parseInt(step) >= array.size()) {
      return false;
    }
    int index = Integer.parseInt(step);
    if (!rest.isEmpty()) {
      return fill(array.get(index), rest, value);
    }
    @SuppressWarnings("unchecked") // the array's own schema says what it takes
    T fitted = (T) fitted(array.getSchema().getElementType(), value);
    if (fitted != null) {
      array.set(index, fitted);
    }
    return fitted != null;
  }

  private static Schema.@Nullable Field field(Schema schema, String step) {
    Schema.Field field = schema.getField(step);
    if (field != null) {
      return field;
    }
    return schema.getFields().stream()
        .filter(other -> other.aliases().contains(step))
        .findFirst()
        .orElse(null);
  }

  /** The value as the schema takes it, or null. */
  private static @Nullable Object fitted(Schema schema, Value value) {
    if (schema.getType() == Schema.Type.UNION) {
      for (Schema branch : schema.getTypes()) {
        Object fitted = fitted(branch, value);
        if (fitted != null) {
          return fitted;
        }
      }
      return null;
    }
    if (value instanceof Value.Flag flag && schema.getType() == Schema.Type.BOOLEAN) {
      return flag.flag();
    }
    if (value instanceof Value.Text text) {
      return switch (schema.getType()) {
        case STRING -> text.text();
        case ENUM ->
            schema.hasEnumSymbol(text.text())
                ? new GenericData.EnumSymbol(schema, text.text())
                : null;
        default -> null;
      };
    }
    double number =
        value instanceof Value.Number quantity
            ? quantity.number()
            : value instanceof Value.Flag flag && flag.flag() ? 1 : 0;
    return number(schema, number);
  }

  private static @Nullable Object number(Schema schema, double number) {
    LogicalLeaf logical = LogicalLeaf.of(schema);
    if (logical == LogicalLeaf.DECIMAL) {
      return decimal(schema, number);
    }
    double scaled =
        switch (logical) {
          case NONE -> number;
          case DAY_MILLIS -> number * 1e3;
          case DAY_MICROS -> number * 1e6;
          default -> Double.NaN;
        };
    if (Double.isNaN(scaled)) {
      return null;
    }
    return switch (schema.getType()) {
      case DOUBLE -> scaled;
      case FLOAT -> (float) scaled;
      case INT -> Math.abs(scaled) <= Integer.MAX_VALUE ? (Object) (int) Math.rint(scaled) : null;
      case LONG -> Math.abs(scaled) < 9e18 ? (Object) (long) Math.rint(scaled) : null;
      default -> null;
    };
  }

  private static @Nullable Object decimal(Schema schema, double number) {
    LogicalTypes.Decimal type = (LogicalTypes.Decimal) LogicalTypes.fromSchemaIgnoreInvalid(schema);
    BigDecimal decimal =
        BigDecimal.valueOf(number).setScale(type.getScale(), RoundingMode.HALF_EVEN);
    if (decimal.precision() > type.getPrecision()) {
      return null;
    }
    byte[] bytes = decimal.unscaledValue().toByteArray();
    if (schema.getType() == Schema.Type.BYTES) {
      return ByteBuffer.wrap(bytes);
    }
    byte[] fixed = new byte[schema.getFixedSize()];
    if (bytes.length > fixed.length) {
      return null;
    }
    Arrays.fill(fixed, (byte) (decimal.signum() < 0 ? -1 : 0));
    System.arraycopy(bytes, 0, fixed, fixed.length - bytes.length, bytes.length);
    return new GenericData.Fixed(schema, fixed);
  }
}
