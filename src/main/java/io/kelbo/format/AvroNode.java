package io.kelbo.format;

import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.UnreadableRecord.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * A part of a writer's schema, made ready for reading: which of it is wanted, and under what name.
 * What is not wanted is stepped over; nothing is made of it.
 */
final class AvroNode {
  private static final AvroNode[] NONE = {};
  private static final List<String> DURATION = List.of("months", "days", "millis");

  private final Schema.Type type;
  private final LogicalLeaf logical;
  private final List<String> symbols;
  private final int size;
  private final int scale;

  /** A record's fields, a union's branches, or the one kind of item; filled after making. */
  AvroNode[] parts = NONE;

  /** The names of a record's fields, as paths call them. */
  String[] names = {};

  /** Whether each part of a record is wanted. */
  boolean[] wanted = {};

  AvroNode(Schema schema) {
    type = schema.getType();
    logical = LogicalLeaf.of(schema);
    symbols = type == Schema.Type.ENUM ? schema.getEnumSymbols() : List.of();
    size = type == Schema.Type.FIXED ? schema.getFixedSize() : 0;
    scale =
        logical == LogicalLeaf.DECIMAL
                && LogicalTypes.fromSchemaIgnoreInvalid(schema) instanceof LogicalTypes.Decimal d
            ? d.getScale()
            : 0;
  }

  /** Puts the leaves that are wanted. */
  void read(LeafWalk walk) throws UnreadableRecord {
    AvroBytes in = walk.in;
    switch (type) {
      case NULL -> {
        // absent
      }
      case BOOLEAN -> walk.put((Object) in.flag());
      case INT -> walk.put(logical.of(in.number(32)));
      case LONG -> walk.put(logical.of(in.number(64)));
      case FLOAT -> walk.put(in.single());
      case DOUBLE -> walk.put(in.dual());
      case STRING -> walk.put((Object) in.text());
      case ENUM -> walk.put((Object) symbols.get(index(in, symbols.size())));
      case BYTES -> bytes(walk, in.length());
      case FIXED -> bytes(walk, size);
      case UNION -> parts[index(in, parts.length)].read(walk);
      case RECORD -> record(walk);
      case ARRAY, MAP -> items(walk);
    }
  }

  private void bytes(LeafWalk walk, int length) throws UnreadableRecord {
    if (logical == LogicalLeaf.NONE) {
      walk.in.skip(length);
      return;
    }
    if (length > LogicalLeaf.MAX_DECIMAL_BYTES) {
      throw new UnreadableRecord(
          Reason.TOO_LARGE,
          "a decimal in the record has %,d bytes, more than %d"
              .formatted(length, LogicalLeaf.MAX_DECIMAL_BYTES));
    }
    byte[] block = walk.in.block(length);
    switch (logical) {
      case DECIMAL -> decimal(walk, block, scale);
      case BIG_DECIMAL -> {
        AvroBytes parts = new AvroBytes(block, 0);
        decimal(walk, parts.block(parts.length()), (int) parts.number(32));
        if (!parts.atEnd()) {
          throw parts.broken("has a big-decimal that goes on after its scale");
        }
      }
      case DURATION -> duration(walk, ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN));
      default -> walk.put((Object) LogicalLeaf.uuid(block));
    }
  }

  private static void decimal(LeafWalk walk, byte[] unscaled, int scale) throws UnreadableRecord {
    if (unscaled.length > 0) {
      walk.put(new BigDecimal(new BigInteger(unscaled), scale).doubleValue());
    }
  }

  /** Three numbers, since a month has no length. */
  private static void duration(LeafWalk walk, ByteBuffer parts) throws UnreadableRecord {
    for (String part : DURATION) {
      int above = walk.down(part);
      walk.put((double) Integer.toUnsignedLong(parts.getInt()));
      walk.up(above);
    }
  }

  private void record(LeafWalk walk) throws UnreadableRecord {
    walk.enter();
    for (int i = 0; i < parts.length; i++) {
      if (wanted[i]) {
        int above = walk.down(names[i]);
        parts[i].read(walk);
        walk.up(above);
      } else {
        parts[i].skip(walk);
      }
    }
    walk.leave();
  }

  private void items(LeafWalk walk) throws UnreadableRecord {
    walk.enter();
    int place = 0;
    for (long count = walk.in.items(); count > 0; count = walk.in.items()) {
      for (long i = 0; i < count; i++) {
        int above = walk.down(type == Schema.Type.MAP ? walk.in.text() : Integer.toString(place++));
        parts[0].read(walk);
        walk.up(above);
      }
    }
    walk.leave();
  }

  private void skip(LeafWalk walk) throws UnreadableRecord {
    AvroBytes in = walk.in;
    switch (type) {
      case NULL -> {
        // no bytes
      }
      case BOOLEAN -> in.skip(1);
      case INT, LONG, ENUM -> in.number(64);
      case FLOAT -> in.skip(4);
      case DOUBLE -> in.skip(8);
      case STRING, BYTES -> in.skip(in.length());
      case FIXED -> in.skip(size);
      case UNION -> parts[index(in, parts.length)].skip(walk);
      case RECORD -> {
        walk.enter();
        for (AvroNode part : parts) {
          part.skip(walk);
        }
        walk.leave();
      }
      case ARRAY, MAP -> {
        walk.enter();
        for (long count = in.items(); count > 0; count = in.items()) {
          for (long i = 0; i < count; i++) {
            if (type == Schema.Type.MAP) {
              in.skip(in.length());
            }
            parts[0].skip(walk);
          }
        }
        walk.leave();
      }
    }
  }

  private static int index(AvroBytes in, int count) throws UnreadableRecord {
    long index = in.number(64);
    if (index < 0 || index >= count) {
      throw in.broken("chooses number %d of %d".formatted(index, count));
    }
    return (int) index;
  }
}
