package io.kelbo.context;

import io.kelbo.record.Fields;
import io.kelbo.record.Incoming;
import io.kelbo.record.Observation;
import io.kelbo.record.Source;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last raw observations of an entity, in slots of equal size inside one byte array, so that
 * reading and writing a state copies bytes and parses nothing. Categories and topic names are kept
 * once, in a dictionary.
 */
final class Ring {
  private static final int TIME = 0;
  private static final int OFFSET = 8;
  private static final int PARTITION = 16;
  private static final int TOPIC = 20;
  private static final int FLAGGED = 22;
  private static final int VALUES = 24;
  private static final int NOTHING = -1; // a missing category

  private final Fields fields;
  private final int capacity;
  private final int slot;
  private final ByteBuffer bytes;
  private List<String> words;
  private int size;
  private int next;

  Ring(Fields fields, int capacity) {
    this(fields, capacity, new byte[capacity * slotBytes(fields)], new ArrayList<>(), 0, 0);
  }

  Ring(Fields fields, int capacity, byte[] slots, List<String> words, int size, int next) {
    this.fields = fields;
    this.capacity = capacity;
    this.slot = slotBytes(fields);
    this.bytes = ByteBuffer.wrap(slots);
    this.words = words;
    this.size = size;
    this.next = next;
  }

  static int slotBytes(Fields fields) {
    return VALUES + 8 * fields.size();
  }

  void add(Incoming incoming, boolean flagged) {
    if (words.size() > 4 * capacity) {
      forgetUnusedWords();
    }
    int at = next * slot;
    bytes.putLong(at + TIME, incoming.time().toEpochMilli());
    bytes.putLong(at + OFFSET, incoming.source().offset());
    bytes.putInt(at + PARTITION, incoming.source().partition());
    bytes.putShort(at + TOPIC, (short) word(incoming.source().topic()));
    bytes.put(at + FLAGGED, (byte) (flagged ? 1 : 0));
    Observation observation = incoming.observation();
    for (int j = 0; j < fields.size(); j++) {
      if (fields.get(j).numeric()) {
        bytes.putDouble(at + VALUES + 8 * j, observation.number(j));
      } else {
        String text = observation.text(j);
        bytes.putLong(at + VALUES + 8 * j, text == null ? NOTHING : word(text));
      }
    }
    next = (next + 1) % capacity;
    size = Math.min(capacity, size + 1);
  }

  int size() {
    return size;
  }

  /** {@code back} counts from 1, the newest. */
  double number(int back, int field) {
    return numberAt(place(back), field);
  }

  /** Where a record lies, for {@link #numberAt}, until the next is added. */
  int place(int back) {
    return Math.floorMod(next - back, capacity) * slot;
  }

  double numberAt(int place, int field) {
    return bytes.getDouble(place + VALUES + 8 * field);
  }

  @Nullable String text(int back, int field) {
    int word = (int) bytes.getLong(place(back) + VALUES + 8 * field);
    return word == NOTHING ? null : words.get(word);
  }

  /** Where a total stood in a record of a topic; NaN in records of others. */
  double total(int back, int field, String topic) {
    int place = place(back);
    return words.get(bytes.getShort(place + TOPIC)).equals(topic)
        ? numberAt(place, field)
        : Double.NaN;
  }

  long time(int back) {
    return bytes.getLong(place(back) + TIME);
  }

  boolean flagged(int back) {
    return bytes.get(place(back) + FLAGGED) != 0;
  }

  Source source(int back) {
    int place = place(back);
    return new Source(
        words.get(bytes.getShort(place + TOPIC)),
        bytes.getInt(place + PARTITION),
        bytes.getLong(place + OFFSET));
  }

  Observation observation(int back) {
    double[] numbers = new double[fields.size()];
    @Nullable String[] texts = new String[fields.size()];
    for (int j = 0; j < numbers.length; j++) {
      if (fields.get(j).numeric()) {
        numbers[j] = number(back, j);
      } else {
        numbers[j] = Double.NaN;
        texts[j] = text(back, j);
      }
    }
    return new Observation(fields, numbers, texts);
  }

  byte[] slots() {
    return bytes.array();
  }

  List<String> words() {
    return words;
  }

  int next() {
    return next;
  }

  private int word(String text) {
    int known = words.indexOf(text);
    if (known >= 0) {
      return known;
    }
    words.add(text);
    return words.size() - 1;
  }

  /**
   * Rebuilds the dictionary from the slots in use: unknown categories must not grow it for ever.
   */
  private void forgetUnusedWords() {
    List<String> old = words;
    words = new ArrayList<>();
    for (int back = 1; back <= size; back++) {
      int place = place(back);
      bytes.putShort(place + TOPIC, (short) word(old.get(bytes.getShort(place + TOPIC))));
      for (int j = 0; j < fields.size(); j++) {
        int at = place + VALUES + 8 * j;
        if (!fields.get(j).numeric() && bytes.getLong(at) != NOTHING) {
          bytes.putLong(at, word(old.get((int) bytes.getLong(at))));
        }
      }
    }
  }
}
