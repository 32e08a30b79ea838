package io.kelbo.topology;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kelbo.model.Imputation;
import io.kelbo.record.Value;
import java.io.IOException;
import java.util.List;

/** An input record with its missing fields filled in, everything else as it was. */
final class CompletedJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(Json.FACTORY)
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));
  // Reads what JsonRecords reads: a bare NaN that stays is written as text, since JSON has none.
  private static final ObjectReader READER =
      MAPPER.readerFor(ObjectNode.class).with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);
  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

  private CompletedJson() {}

  /**
   * Sets each imputed field at its dotted path; objects on the way are made, arrays lengthened.
   *
   * @param value a JSON object
   * @throws IOException if it is not
   */
  static byte[] write(byte[] value, List<Imputation> imputations) throws IOException {
    ObjectNode root = READER.<ObjectNode>readValue(value);
    for (Imputation imputation : imputations) {
      set(root, imputation.field(), node(imputation.value()));
    }
    return Json.write(json -> MAPPER.writeTree(json, root));
  }

  private static void set(JsonNode at, String path, JsonNode filled) {
    // A name may itself hold dots: a field of the whole name goes first.
    int dot = at.has(path) ? -1 : path.indexOf('.');
    if (dot < 0) {
      put(at, path, filled);
      return;
    }
    String name = path.substring(0, dot);
    String rest = path.substring(dot + 1);
    JsonNode below = at.isArray() ? at.path(index(name)) : at.path(name);
    if (!below.isContainerNode()) {
      below = NODES.objectNode();
      put(at, name, below);
    }
    set(below, rest, filled);
  }

  private static void put(JsonNode at, String name, JsonNode value) {
    if (at instanceof ArrayNode array) {
      int index = index(name);
      while (array.size() <= index) {
        array.addNull();
      }
      array.set(index, value);
    } else if (at instanceof ObjectNode object) {
      object.set(name, value);
    }
  }

  private static int index(String name) {
    try {
      return Integer.parseInt(name);
    } catch (NumberFormatException notAnIndex) {
      throw new IllegalArgumentException(
          "path step '%s' leads into an array but is not an index".formatted(name), notAnIndex);
    }
  }

  private static JsonNode node(Value value) {
    if (value instanceof Value.Number number) {
      return NODES.numberNode(number.number());
    }
    return value instanceof Value.Flag flag
        ? NODES.booleanNode(flag.flag())
        : NODES.textNode(value.toString());
  }
}
