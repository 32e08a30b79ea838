package io.kelbo.context;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The alarms that an entity remembers, oldest first: a few, so that its state stays small. One of
 * which nobody said anything makes room before one of which somebody did.
 */
public final class Marks {
  /** How many. */
  public static final int MOST = 3;

  private final List<Mark> marks = new ArrayList<>();

  public List<Mark> list() {
    return Collections.unmodifiableList(marks);
  }

  public @Nullable Mark find(String id) {
    int at = place(id);
    return at < 0 ? null : marks.get(at);
  }

  /** Takes a mark in, or puts it in the place of the one with its id. */
  public void put(Mark mark) {
    int known = place(mark.id());
    if (known >= 0) {
      marks.set(known, mark);
      return;
    }
    if (marks.size() >= MOST) {
      int leaves = 0;
      for (int i = marks.size() - 1; i >= 0; i--) {
        leaves = marks.get(i).said() == Said.NOTHING ? i : leaves;
      }
      marks.remove(leaves);
    }
    marks.add(mark);
  }

  /** An episode goes on: its mark remembers its largest surprisal. */
  public void grow(String id, double nats) {
    int known = place(id);
    if (known >= 0) {
      marks.set(known, marks.get(known).grown(nats));
    }
  }

  private int place(String id) {
    for (int i = 0; i < marks.size(); i++) {
      if (marks.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  int bytes() {
    int bytes = 1;
    for (Mark mark : marks) {
      bytes += 2 + utf8(mark.id()).length + 1 + 4 + 1 + 4 * mark.places().length;
    }
    return bytes;
  }

  void write(ByteBuffer out) {
    out.put((byte) marks.size());
    for (Mark mark : marks) {
      byte[] id = utf8(mark.id());
      out.putShort((short) id.length).put(id);
      out.put((byte) mark.said().ordinal()).putFloat(mark.surprisal());
      out.put((byte) mark.places().length);
      for (int i = 0; i < mark.places().length; i++) {
        out.putShort(mark.places()[i]).putShort((short) (mark.values()[i] * Mark.STEPS));
      }
    }
  }

  static Marks read(ByteBuffer in) {
    Marks read = new Marks();
    int count = in.get();
    for (int m = 0; m < count; m++) {
      byte[] id = new byte[in.getShort()];
      in.get(id);
      Said said = Said.values()[in.get()];
      float surprisal = in.getFloat();
      short[] places = new short[in.get()];
      float[] values = new float[places.length];
      for (int i = 0; i < places.length; i++) {
        places[i] = in.getShort();
        values[i] = in.getShort() / (float) Mark.STEPS;
      }
      read.marks.add(
          new Mark(new String(id, StandardCharsets.UTF_8), said, surprisal, places, values));
    }
    return read;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
