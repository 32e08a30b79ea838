package io.kelbo.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.kelbo.record.UnreadableRecord.Reason;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a JSON object as a flat map from dotted path to leaf. Knows no fields: {@link RecordReader}
 * decides what a leaf means.
 *
 * <p>Everything is bounded, since the bytes come from strangers: size, depth, leaves, path length.
 */
public final class JsonRecords {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_LEAVES = 10_000;
  // Long names above many leaves would otherwise multiply: 1 MB of JSON could become gigabytes.
  private static final int MAX_PATH = 1_000;
  private static final int MAX_DIGITS = 1_000;

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          // Python's json module writes NaN and Infinity bare; they are missing values here.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          // Names come from outside: a stream of ever new ones must not fill a shared table.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_DIGITS)
                  .build())
          .build();

  private JsonRecords() {}

  /**
   * Leaves in the order of the record: {@code Double}, {@code Boolean} or {@code String} by dotted
   * path, elements of arrays by index ({@code a.0}). Nulls and numbers that are not finite are left
   * out.
   *
   * @throws UnreadableRecord if it is too large, too deep, no JSON, or no object
   */
  public static Map<String, Object> flatten(byte[] value, int maxBytes) throws UnreadableRecord {
    if (value.length > maxBytes) {
      throw new UnreadableRecord(
          Reason.TOO_LARGE,
          "the record has %,d bytes, more than input.max-bytes '%d' allows"
              .formatted(value.length, maxBytes));
    }
    try (JsonParser parser = JSON.createParser(value)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new UnreadableRecord(Reason.NOT_JSON, "the record is empty, not a JSON object");
      }
      Map<String, Object> leaves = new LinkedHashMap<>();
      if (first == JsonToken.START_OBJECT) {
        object(parser, new StringBuilder(), leaves);
      } else {
        parser.skipChildren();
      }
      endOfInput(parser);
      if (first != JsonToken.START_OBJECT) {
        throw new UnreadableRecord(
            Reason.NOT_AN_OBJECT,
            "the record is JSON but %s; it must be an object such as {\"pressure\": 4.2}"
                .formatted(first == JsonToken.START_ARRAY ? "an array" : "a bare value"));
      }
      return leaves;
    } catch (StreamConstraintsException limit) {
      throw beyond(limit);
    } catch (JsonProcessingException broken) {
      throw new UnreadableRecord(
          Reason.NOT_JSON,
          "the record is not JSON: %s (byte %d)"
              .formatted(oneLine(broken.getOriginalMessage()), place(broken)));
    } catch (IOException broken) {
      throw new UnreadableRecord(
          Reason.NOT_JSON, "the record is not JSON: " + oneLine("" + broken.getMessage()));
    }
  }

  private static void object(JsonParser parser, StringBuilder path, Map<String, Object> leaves)
      throws IOException, UnreadableRecord {
    int above = path.length();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      step(path, above, parser.currentName());
      parser.nextToken();
      value(parser, path, leaves);
    }
    path.setLength(above);
  }

  private static void array(JsonParser parser, StringBuilder path, Map<String, Object> leaves)
      throws IOException, UnreadableRecord {
    int above = path.length();
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      step(path, above, Integer.toString(i));
      value(parser, path, leaves);
    }
    path.setLength(above);
  }

  private static void step(StringBuilder path, int above, String name) throws UnreadableRecord {
    path.setLength(above);
    if (above > 0) {
      path.append('.');
    }
    path.append(name);
    if (path.length() > MAX_PATH) {
      throw new UnreadableRecord(
          Reason.TOO_LARGE,
          "a path in the record has more than %,d characters".formatted(MAX_PATH));
    }
  }

  private static void value(JsonParser parser, StringBuilder path, Map<String, Object> leaves)
      throws IOException, UnreadableRecord {
    switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, path, leaves);
      case START_ARRAY -> array(parser, path, leaves);
      case VALUE_TRUE -> put(leaves, path, Boolean.TRUE);
      case VALUE_FALSE -> put(leaves, path, Boolean.FALSE);
      case VALUE_STRING -> put(leaves, path, parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        double number = parser.getDoubleValue();
        if (Double.isFinite(number)) {
          put(leaves, path, number);
        }
      }
      default -> {
        // null: absent
      }
    }
  }

  private static void put(Map<String, Object> leaves, StringBuilder path, Object leaf)
      throws UnreadableRecord {
    leaves.put(path.toString(), leaf);
    if (leaves.size() > MAX_LEAVES) {
      throw new UnreadableRecord(
          Reason.TOO_LARGE, "the record has more than %,d values".formatted(MAX_LEAVES));
    }
  }

  private static void endOfInput(JsonParser parser) throws IOException, UnreadableRecord {
    if (parser.nextToken() != null) {
      throw new UnreadableRecord(
          Reason.NOT_JSON,
          "the record goes on after its JSON value (byte %d); it must be one object"
              .formatted(parser.currentTokenLocation().getByteOffset()));
    }
  }

  private static UnreadableRecord beyond(StreamConstraintsException limit) {
    String message = limit.getOriginalMessage();
    if (message.contains("nesting depth")) {
      return new UnreadableRecord(
          Reason.TOO_DEEP, "the record is nested deeper than %d levels".formatted(MAX_DEPTH));
    }
    return new UnreadableRecord(
        Reason.TOO_LARGE, "the record is beyond what is read: " + oneLine(message));
  }

  private static long place(JsonProcessingException broken) {
    return broken.getLocation() == null ? 0 : Math.max(0, broken.getLocation().getByteOffset());
  }

  private static String oneLine(String message) {
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
