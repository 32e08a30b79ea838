package io.kelbo.format;

import io.kelbo.record.UnreadableRecord;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How records of one writer's schema become leaves. A field that is known under an earlier name is
 * put under that name, if the schema lists it among the field's aliases. Immutable once made.
 */
final class AvroPlan {
  private final Map<Schema, AvroNode> whole = new IdentityHashMap<>();
  private final AvroNode root;

  /**
   * @param known paths that are known; names of a schema that are not are looked up by alias
   * @param onlyKnown whether all else is stepped over
   */
  AvroPlan(Schema schema, Paths known, boolean onlyKnown) {
    this.root = node(schema, known, onlyKnown);
  }

  /** The leaves of the record that begins at {@code from} and ends with the bytes. */
  Map<String, Object> read(byte[] value, int from) throws UnreadableRecord {
    LeafWalk walk = new LeafWalk(new AvroBytes(value, from));
    root.read(walk);
    if (!walk.in.atEnd()) {
      throw walk.in.broken("goes on after its value");
    }
    return walk.leaves();
  }

  /**
   * @param only whether fields that are not known are stepped over
   */
  private AvroNode node(Schema schema, @Nullable Paths known, boolean only) {
    // A schema may contain itself: below what is known each part is made once, and led back to.
    AvroNode made = known == null ? whole.get(schema) : null;
    if (made != null) {
      return made;
    }
    AvroNode node = new AvroNode(schema);
    if (known == null) {
      whole.put(schema, node);
    }
    switch (schema.getType()) {
      case RECORD -> fields(node, schema, known, only);
      case UNION -> {
        node.parts = new AvroNode[schema.getTypes().size()];
        for (int i = 0; i < node.parts.length; i++) {
          node.parts[i] = node(schema.getTypes().get(i), known, only);
        }
      }
      case ARRAY -> node.parts = new AvroNode[] {item(schema.getElementType(), known)};
      case MAP -> node.parts = new AvroNode[] {item(schema.getValueType(), known)};
      default -> {
        // a leaf
      }
    }
    return node;
  }

  /** All of an item is read: a map's key may hold dots, so that its paths are not told apart. */
  private AvroNode item(Schema schema, @Nullable Paths known) {
    return node(schema, known == null ? null : known.items(), false);
  }

  private void fields(AvroNode node, Schema schema, @Nullable Paths known, boolean only) {
    int count = schema.getFields().size();
    node.parts = new AvroNode[count];
    node.names = new String[count];
    node.wanted = new boolean[count];
    for (int i = 0; i < count; i++) {
      Schema.Field field = schema.getFields().get(i);
      String name = known == null ? field.name() : nameOf(field, schema, known);
      Paths below = known == null ? null : known.below(name);
      node.names[i] = name;
      node.wanted[i] = !only || known == null || below != null;
      node.parts[i] = node(field.schema(), below, only);
    }
  }

  private static String nameOf(Schema.Field field, Schema schema, Paths known) {
    if (known.below(field.name()) == null) {
      for (String alias : field.aliases()) {
        if (known.below(alias) != null && schema.getField(alias) == null) {
          return alias;
        }
      }
    }
    return field.name();
  }
}
