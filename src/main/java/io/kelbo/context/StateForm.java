package io.kelbo.context;

import io.kelbo.record.Fields;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entity's state as bytes, format 4: version, fingerprint of the fields, beat, counters, open
 * episode, dictionary, slots, trace, adaptation, notes. Format 3 did not say since when levels are
 * shifted, 2 had neither beat nor notes, 1 ended with the slots.
 */
final class StateForm {
  private static final byte VERSION = 4;
  private static final byte WITHOUT_SINCE = 3;
  private static final byte WITHOUT_NOTES = 2;
  private static final byte WITHOUT_TRACE = 1;

  private StateForm() {}

  static byte[] write(EntityState state) {
    Ring ring = state.ring();
    String episode = state.episode();
    byte[] id = episode == null ? new byte[0] : episode.getBytes(StandardCharsets.UTF_8);
    List<byte[]> words = new ArrayList<>(ring.words().size());
    int text = 0;
    for (String word : ring.words()) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      words.add(bytes);
      text += 4 + bytes.length;
    }
    Trace trace = state.trace();
    Adaptation adaptation = state.adaptation();
    byte[] notes = NotesForm.write(state.notes());
    int traced = trace == null ? 0 : 4 * (3 + trace.fields().length) + 8 * trace.values().length;
    ByteBuffer out =
        ByteBuffer.allocate(
            1
                + 4
                + Beat.BYTES
                + 8
                + 8
                + 4
                + 4
                + 4
                + id.length
                + 4
                + 4
                + 4
                + text
                + ring.slots().length
                + 4
                + traced
                + 8
                + 4 * adaptation.numbers().length
                + notes.length);
    out.put(VERSION).putInt(state.fields().fingerprint());
    state.notes().beat().write(out);
    out.putLong(state.seen())
        .putLong(state.newest())
        .putInt(state.quiet())
        .putInt(state.astray())
        .putInt(id.length)
        .put(id)
        .putInt(ring.size())
        .putInt(ring.next())
        .putInt(words.size());
    for (byte[] word : words) {
      out.putInt(word.length).put(word);
    }
    out.put(ring.slots());
    out.putInt(trace == null ? 0 : trace.fields().length);
    if (trace != null) {
      for (int field : trace.fields()) {
        out.putInt(field);
      }
      out.putInt(trace.capacity()).putInt(trace.size()).putInt(trace.next());
      out.asDoubleBuffer().put(trace.values());
      out.position(out.position() + 8 * trace.values().length);
    }
    out.putInt(adaptation.model()).putInt(adaptation.numbers().length);
    out.asFloatBuffer().put(adaptation.numbers());
    out.position(out.position() + 4 * adaptation.numbers().length);
    return out.put(notes).array();
  }

  /** The beat of a state, without reading the rest; unheard where its format has none. */
  static Beat beat(byte[] bytes) {
    return bytes[0] > WITHOUT_NOTES
        ? Beat.read(ByteBuffer.wrap(bytes, 5, Beat.BYTES))
        : Beat.UNHEARD;
  }

  /**
   * @throws IllegalStateException if the bytes are of a newer version, or of no state
   */
  static EntityState read(String entity, Fields fields, byte[] bytes) {
    try {
      return read(entity, fields, ByteBuffer.wrap(bytes));
    } catch (BufferUnderflowException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | NegativeArraySizeException cut) {
      throw new IllegalStateException(
          "the state of entity '%s' is corrupt (%s); `kelbo reset` begins anew"
              .formatted(entity, cut),
          cut);
    }
  }

  private static EntityState read(String entity, Fields fields, ByteBuffer in) {
    byte version = in.get();
    if (version < WITHOUT_TRACE || version > VERSION) {
      throw new IllegalStateException(
          ("the state of entity '%s' has format %d but this Kelbo reads %d to %d:"
                  + " run the newer version that wrote it, or `kelbo reset`")
              .formatted(entity, version, WITHOUT_TRACE, VERSION));
    }
    boolean others = in.getInt() != fields.fingerprint();
    Beat beat = version > WITHOUT_NOTES ? Beat.read(in) : Beat.UNHEARD;
    long seen = in.getLong();
    long newest = in.getLong();
    int quiet = in.getInt();
    int astray = in.getInt();
    String episode = text(in);
    if (others) {
      // Raw values of other fields cannot be compared; yet who is told of an episode is told its
      // end.
      EntityState fresh = EntityState.fresh(entity, fields);
      fresh.episode(emptyToNull(episode), quiet);
      fresh.notes().beat(beat);
      return fresh;
    }
    int size = in.getInt();
    int next = in.getInt();
    int count = length(in, Short.BYTES);
    List<String> words = new ArrayList<>(count + 1);
    for (int i = 0; i < count; i++) {
      words.add(text(in));
    }
    byte[] slots = new byte[EntityState.CAPACITY * Ring.slotBytes(fields)];
    in.get(slots);
    Ring ring = new Ring(fields, EntityState.CAPACITY, slots, words, size, next);
    EntityState state =
        new EntityState(entity, fields, ring, seen, newest, emptyToNull(episode), quiet, astray);
    if (version != WITHOUT_TRACE) {
      state.trace(trace(in));
      int model = in.getInt();
      float[] numbers = new float[length(in, Float.BYTES)];
      in.asFloatBuffer().get(numbers);
      in.position(in.position() + 4 * numbers.length);
      state.adaptation(new Adaptation(model, numbers));
    }
    if (version > WITHOUT_NOTES) {
      NotesForm.read(in, state.notes(), version > WITHOUT_SINCE);
    }
    state.notes().beat(beat);
    return state;
  }

  /** A length that may be believed: what follows has room for so many of at least so many bytes. */
  static int length(ByteBuffer in, int bytesEach) {
    return room(in, in.getInt(), bytesEach);
  }

  private static int room(ByteBuffer in, long length, int bytesEach) {
    if (length < 0 || length > in.remaining() / bytesEach) {
      throw new IllegalStateException(
          "the state says %d elements but has %d bytes left: it is corrupt; `kelbo reset` begins anew"
              .formatted(length, in.remaining()));
    }
    return (int) length;
  }

  private static @Nullable Trace trace(ByteBuffer in) {
    int[] fields = new int[length(in, Integer.BYTES)];
    if (fields.length == 0) {
      return null;
    }
    for (int i = 0; i < fields.length; i++) {
      fields[i] = in.getInt();
    }
    int capacity = in.getInt();
    int size = in.getInt();
    int next = in.getInt();
    double[] values = new double[room(in, (long) capacity * fields.length, Double.BYTES)];
    in.asDoubleBuffer().get(values);
    in.position(in.position() + 8 * values.length);
    return new Trace(fields, capacity, values, size, next);
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[length(in, 1)];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
