package io.kelbo.topology;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A lookout as bytes, format 1. */
final class LookoutForm {
  private static final byte FORMAT = 1;

  private LookoutForm() {}

  static byte[] write(Lookout lookout) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeInt(lookout.version());
      write(lookout.own(), out);
      write(lookout.before(), out);
      out.writeBoolean(lookout.probation());
      out.writeBoolean(lookout.declared());
      out.writeInt(lookout.suspected().size());
      for (String name : new TreeSet<>(lookout.suspected())) {
        out.writeUTF(name);
      }
      byte[] block = lookout.block() == null ? new byte[0] : lookout.block().write();
      out.writeInt(block.length);
      out.write(block);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // the stream is memory
    }
    return bytes.toByteArray();
  }

  /**
   * Reads {@link #write}'s bytes; null begins anew.
   *
   * @throws IllegalStateException if the bytes were written by a newer version, or are none
   */
  static Lookout read(byte @Nullable [] bytes) {
    if (bytes == null) {
      return Lookout.NOTHING;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte format = in.readByte();
      if (format != FORMAT) {
        throw new IllegalStateException(
            ("the state of drift has format %d but this Kelbo reads %d:"
                    + " run the newer version that wrote it, or `kelbo reset`")
                .formatted(format, FORMAT));
      }
      int version = in.readInt();
      Lookout.Counted own = counted(in);
      Lookout.Counted before = counted(in);
      boolean probation = in.readBoolean();
      boolean declared = in.readBoolean();
      Set<String> suspected = new TreeSet<>();
      for (int n = in.readInt(); n > 0; n--) {
        suspected.add(in.readUTF());
      }
      byte[] block = in.readNBytes(in.readInt());
      return new Lookout(
          version,
          own,
          before,
          probation,
          declared,
          suspected,
          block.length == 0 ? null : Tally.read(block));
    } catch (IOException | IllegalArgumentException corrupt) {
      throw new IllegalStateException(
          "the state of drift is corrupt; `kelbo reset` begins anew", corrupt);
    }
  }

  private static void write(Lookout.Counted counted, DataOutputStream out) throws IOException {
    out.writeLong(counted.records());
    out.writeLong(counted.opened());
    out.writeLong(counted.from());
    out.writeLong(counted.to());
  }

  private static Lookout.Counted counted(DataInputStream in) throws IOException {
    return new Lookout.Counted(in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }
}
