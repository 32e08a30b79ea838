package io.kelbo.context;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Marks, pardon and shift as the last bytes of a state; the beat stands at its front. */
final class NotesForm {
  private NotesForm() {}

  static byte[] write(Notes notes) {
    byte[] pardoned = notes.pardon().mark().getBytes(StandardCharsets.UTF_8);
    double[] offsets = notes.shift().offsets();
    ByteBuffer out =
        ByteBuffer.allocate(
            notes.marks().bytes() + 2 + pardoned.length + 4 + 4 + 8 + 4 + 8 * offsets.length);
    notes.marks().write(out);
    out.putShort((short) pardoned.length).put(pardoned).putInt(notes.pardon().quiet());
    out.putInt(notes.shift().model()).putLong(notes.shift().since()).putInt(offsets.length);
    for (double offset : offsets) {
      out.putDouble(offset);
    }
    return out.array();
  }

  /**
   * @param since whether they say since when levels are shifted; else all that is known was
   */
  static void read(ByteBuffer in, Notes notes, boolean since) {
    notes.marks(Marks.read(in));
    byte[] pardoned = new byte[in.getShort()];
    in.get(pardoned);
    notes.pardon(new Pardon(new String(pardoned, StandardCharsets.UTF_8), in.getInt()));
    int model = in.getInt();
    long from = since ? in.getLong() : 0;
    double[] offsets = new double[StateForm.length(in, Double.BYTES)];
    for (int j = 0; j < offsets.length; j++) {
      offsets[j] = in.getDouble();
    }
    notes.shift(new Shift(model, from, offsets));
  }
}
