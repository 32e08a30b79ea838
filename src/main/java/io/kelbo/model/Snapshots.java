package io.kelbo.model;

import io.kelbo.decide.LevelRule;
import io.kelbo.decide.OddEntities;
import io.kelbo.score.Tails;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * A model as bytes and back: the format's version in the first byte, a CRC-32 of all before it in
 * the last four. At most 900 kB.
 */
public final class Snapshots {
  /** Larger would not fit a record of Kafka's default size. */
  public static final int MOST_BYTES = 900_000;

  private static final byte OLDEST = 1;

  private static final byte WITH_TOTALS = 9; // fields that are seen by what they grow by

  /** The newest that is read. */
  static final byte VERSION = WITH_TOTALS;

  private static final byte WITH_LAYERS = 8; // more than one, of the network's branch

  private static final byte WITH_SPACINGS = 7; // of levels

  private static final byte WITH_ODD_ENTITIES = 6; // that are always a little odd

  private static final byte WITH_TAILS = 5; // that repairs go by

  private static final byte WITH_TARGETS = 4;

  private static final byte WITH_GROUND = 3;

  private static final byte WITHOUT_GROUND = 2;

  private Snapshots() {}

  /**
   * @throws IllegalArgumentException if the model is larger than {@value #MOST_BYTES} bytes
   */
  public static byte[] write(Model model) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(format(model));
      SnapshotWriter.write(model, out);
      out.flush();
      out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // the stream is memory
    }
    if (bytes.size() > MOST_BYTES) {
      throw new IllegalArgumentException(
          ("model %d of segment '%s' takes %d bytes but a snapshot may take %d:"
                  + " leave out fields with input.ignore")
              .formatted(model.id().version(), model.id().segment(), bytes.size(), MOST_BYTES));
    }
    return bytes.toByteArray();
  }

  /**
   * @throws UnreadableSnapshot if the bytes are corrupt or of a newer version
   */
  public static Model read(byte[] bytes) throws UnreadableSnapshot {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      byte version = in.readByte();
      if (version < OLDEST || version > VERSION) {
        throw new UnreadableSnapshot(
            ("the snapshot has format %d but this Kelbo reads %d to %d:"
                    + " run the newer version that wrote it")
                .formatted(version, OLDEST, VERSION));
      }
      int end = bytes.length - Integer.BYTES;
      if (end < 1 || ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, end)) {
        throw new UnreadableSnapshot("the snapshot is corrupt: its checksum does not fit");
      }
      Model model = new SnapshotReader(in, bytes.length, version).read();
      if (in.available() > Integer.BYTES) {
        throw new UnreadableSnapshot(
            "the snapshot has %d bytes too many".formatted(in.available() - Integer.BYTES));
      }
      return model;
    } catch (IOException | IllegalArgumentException corrupt) {
      throw new UnreadableSnapshot("the snapshot is corrupt: " + corrupt.getMessage());
    }
  }

  /** The oldest format that holds all of a model, so that an older Kelbo can read what it knows. */
  static byte format(Model model) {
    int fields = model.layout().fields().size();
    if (model.layout().fields().anyTotal()) {
      return WITH_TOTALS;
    }
    if (model.network().shape().layers() > 1) {
      return WITH_LAYERS;
    }
    if (model.stream() != null && model.stream().novelty().rule() == LevelRule.SPACING) {
      return WITH_SPACINGS;
    }
    if (model.stream() != null && !model.stream().odd().equals(OddEntities.NONE)) {
      return WITH_ODD_ENTITIES;
    }
    if (!model.tails().equals(Tails.normal(fields))) {
      return WITH_TAILS;
    }
    if (model.layout().fields().inputs() < fields) {
      return WITH_TARGETS;
    }
    if (!model.provenance().ground().equals(Ground.UNKNOWN)) {
      return WITH_GROUND;
    }
    return model.crowd() == null && model.stream() == null ? OLDEST : WITHOUT_GROUND;
  }

  /** Whether a format says how many layers a branch has. */
  static boolean layered(int format) {
    return format >= WITH_LAYERS;
  }

  /** The rule for levels in streams of a format. */
  static LevelRule levels(int format) {
    return format < WITH_SPACINGS ? LevelRule.DISTANCE : LevelRule.SPACING;
  }

  // Without it a flipped bit in a weight would read as another model.
  private static int checksum(byte[] bytes, int end) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, end);
    return (int) crc.getValue();
  }
}
