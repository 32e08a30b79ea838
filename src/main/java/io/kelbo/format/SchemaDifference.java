package io.kelbo.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two writers' schemas of one topic, field by field. Two types are compared
 * once, however often they refer to themselves and each other.
 */
public final class SchemaDifference {
  private static final int DEEPEST = 64;

  private final List<String> changes = new ArrayList<>();
  private final Map<Types, String> compared = new HashMap<>();

  /** One type in both schemas; {@code equals} of Avro would walk through all below it. */
  private record Types(Schema before, Schema now) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Types types && types.before == before && types.now == now;
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(before) + System.identityHashCode(now);
    }
  }

  private SchemaDifference() {}

  /**
   * Sentence fragments such as {@code field 'flow' was added}; empty where nothing changed.
   *
   * @param before the text of a schema, read as leniently as those that come with records
   */
  public static List<String> between(String before, Schema now) {
    SchemaDifference difference = new SchemaDifference();
    difference.compare("", SchemaText.parse(before, List.of()), now, 0);
    return difference.changes;
  }

  private void compare(String at, Schema before, Schema now, int depth) {
    if (depth > DEEPEST || before.equals(now)) {
      return;
    }
    if (before.isNullable() != now.isNullable()) {
      changes.add(
          "field '%s' may %s be null".formatted(at, now.isNullable() ? "now" : "no longer"));
    }
    Schema was = value(before);
    Schema is = value(now);
    if (was.getType() != is.getType()) {
      changes.add(
          "field '%s' was %s and is %s"
              .formatted(at, was.getType().getName(), is.getType().getName()));
      return;
    }
    switch (is.getType()) {
      case RECORD -> record(at, was, is, depth);
      case ARRAY -> compare(at + ".0", was.getElementType(), is.getElementType(), depth + 1);
      case MAP -> compare(at + ".*", was.getValueType(), is.getValueType(), depth + 1);
      case ENUM -> {
        List<String> added = new ArrayList<>(is.getEnumSymbols());
        added.removeAll(was.getEnumSymbols());
        if (!added.isEmpty()) {
          changes.add("field '%s' has the new symbols %s".formatted(at, added));
        }
      }
      default -> {
        if (LogicalLeaf.of(was) != LogicalLeaf.of(is)) {
          changes.add("field '%s' has another logical type".formatted(at));
        }
      }
    }
  }

  private void record(String at, Schema was, Schema is, int depth) {
    Types types = new Types(was, is);
    // "" while it is being compared, and where nothing is to be told of it.
    String first = compared.putIfAbsent(types, "");
    if (first == null) {
      int before = changes.size();
      fields(at, was, is, depth);
      if (changes.size() > before) {
        compared.put(types, at);
      }
    } else if (!first.isEmpty()) {
      changes.add("field '%s' changed as field '%s' did".formatted(at, first));
    }
  }

  private void fields(String at, Schema was, Schema is, int depth) {
    String above = at.isEmpty() ? "" : at + ".";
    Map<String, Schema> gone = new HashMap<>();
    was.getFields().forEach(field -> gone.put(field.name(), field.schema()));
    for (Schema.Field field : is.getFields()) {
      String name = above + field.name();
      Schema before = gone.remove(field.name());
      if (before != null) {
        compare(name, before, field.schema(), depth + 1);
        continue;
      }
      String old =
          field.aliases().stream()
              .filter(alias -> gone.containsKey(alias) && is.getField(alias) == null)
              .findFirst()
              .orElse("");
      Schema renamed = gone.remove(old);
      if (renamed == null) {
        changes.add("field '%s' was added".formatted(name));
      } else {
        changes.add("field '%s' is now called '%s'".formatted(above + old, name));
        compare(name, renamed, field.schema(), depth + 1);
      }
    }
    gone.keySet().stream()
        .sorted()
        .forEach(name -> changes.add("field '%s' was dropped".formatted(above + name)));
  }

  /** What a union holds beside null, if that is one type. */
  private static Schema value(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> values =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    return values.size() == 1 ? values.get(0) : schema;
  }
}
