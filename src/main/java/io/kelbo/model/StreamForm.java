package io.kelbo.model;

import io.kelbo.decide.Calibration;
import io.kelbo.decide.LevelNovelty;
import io.kelbo.decide.LevelRule;
import io.kelbo.decide.OddEntities;
import io.kelbo.decide.Reference;
import io.kelbo.encode.Encoder;
import io.kelbo.encode.WindowScale;
import io.kelbo.encode.WindowShape;
import io.kelbo.encode.Windows;
import io.kelbo.score.ExemplarView;
import io.kelbo.score.JointView;
import io.kelbo.score.NearView;
import io.kelbo.score.Temporal;
import io.kelbo.vae.Network;
import io.kelbo.vae.Shape;
import io.kelbo.vae.WindowFactors;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The part of a snapshot that knows streams, as bytes and back; the same order in both. */
final class StreamForm {
  private final DataInputStream in;
  private final int most;
  private final LevelRule rule; // of the snapshot's format

  private StreamForm(DataInputStream in, int most, LevelRule rule) {
    this.in = in;
    this.most = most;
    this.rule = rule;
  }

  static void write(StreamSense stream, DataOutputStream out) throws IOException {
    Temporal temporal = stream.temporal();
    Windows windows = temporal.windows();
    out.writeInt(windows.channels());
    for (int field : windows.fields()) {
      out.writeInt(field);
    }
    SnapshotNumbers.write(windows.mean(), out);
    SnapshotNumbers.write(windows.sd(), out);
    out.writeInt(windows.reach());
    joint(temporal.joint(), out);
    NearView near = temporal.near();
    out.writeBoolean(near != null);
    if (near != null) {
      joint(near.joint(), out);
    }
    out.writeInt(temporal.exemplars().size());
    for (ExemplarView view : temporal.exemplars()) {
      shape(view.shape(), out);
      scale(view.scale(), out);
      SnapshotNumbers.write(view.exemplars(), out);
      out.writeInt(view.count());
      out.writeDouble(view.heldOut());
      out.writeDouble(view.weight());
    }
    out.writeDouble(temporal.pointUsual());
    reference(stream.reference(), out);
    LevelNovelty novelty = stream.novelty();
    out.writeInt(novelty.rest());
    for (int s = 0; s < LevelNovelty.SCALES; s++) {
      SnapshotNumbers.write(novelty.codes()[s], out);
      if (novelty.rule() == LevelRule.SPACING) {
        SnapshotNumbers.write(novelty.spacings()[s], out);
      }
      reference(novelty.references()[s], out);
    }
    Calibration calibration = stream.near();
    out.writeBoolean(calibration != null);
    if (calibration != null) {
      SnapshotNumbers.write(calibration.scores(), out);
      out.writeDouble(calibration.extremalIndex());
    }
  }

  private static void joint(JointView joint, DataOutputStream out) throws IOException {
    shape(joint.shape(), out);
    scale(joint.scale(), out);
    out.writeInt(joint.network().shape().latent());
    out.writeInt(joint.network().shape().hidden());
    SnapshotNumbers.write(joint.network().parameters(), out);
    SnapshotNumbers.write(joint.residual(), out);
    SnapshotNumbers.write(joint.spread(), out);
    out.writeDouble(joint.usual());
    out.writeDouble(joint.heldOut());
    out.writeInt(joint.records());
  }

  static StreamSense read(DataInputStream in, int most, LevelRule rule) throws IOException {
    return new StreamForm(in, most, rule).read();
  }

  private StreamSense read() throws IOException {
    int[] fields = new int[count()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = in.readInt();
    }
    Windows windows = new Windows(fields, numbers(), numbers(), count(), Encoder.SQUASH);
    JointView joint = joint();
    NearView near =
        in.readBoolean()
            ? new NearView(windows.seen(NearView.RECORDS, NearView.LIMIT), joint())
            : null;
    List<ExemplarView> exemplars = new ArrayList<>();
    for (int n = count(); n > 0; n--) {
      exemplars.add(
          new ExemplarView(shape(), scale(), floats(), count(), in.readDouble(), in.readDouble()));
    }
    Temporal temporal = new Temporal(windows, joint, near, exemplars, in.readDouble());
    Reference reference =
        reference(StreamSense.LOW, StreamSense.BINS, StreamSense.MOST_SHAPE, StreamSense.MEMORY);
    int rest = count();
    float[][] codes = new float[LevelNovelty.SCALES][];
    float[][] spacings = new float[codes.length][];
    Reference[] references = new Reference[codes.length];
    for (int s = 0; s < codes.length; s++) {
      codes[s] = floats();
      spacings[s] = rule == LevelRule.SPACING ? floats() : new float[0];
      references[s] =
          reference(
              LevelNovelty.LOW, LevelNovelty.BINS, LevelNovelty.MOST_SHAPE, LevelNovelty.MEMORY);
    }
    return new StreamSense(
        temporal,
        reference,
        new LevelNovelty(rule, fields.length, codes, spacings, references, rest),
        in.readBoolean() ? new Calibration(numbers(), in.readDouble()) : null,
        OddEntities.NONE);
  }

  private JointView joint() throws IOException {
    WindowShape shape = shape();
    WindowScale scale = scale();
    Shape form = new Shape(WindowFactors.heads(scale.mean().length), count(), count());
    Network network = new Network(form, numbers());
    return new JointView(
        shape, scale, network, numbers(), numbers(), in.readDouble(), in.readDouble(), count());
  }

  private static void shape(WindowShape shape, DataOutputStream out) throws IOException {
    out.writeInt(shape.scales().size());
    for (int scale : shape.scales()) {
      out.writeInt(scale);
    }
    out.writeInt(shape.points());
    out.writeBoolean(shape.differences());
    out.writeBoolean(shape.centred());
  }

  private WindowShape shape() throws IOException {
    List<Integer> scales = new ArrayList<>();
    for (int n = count(); n > 0; n--) {
      scales.add(in.readInt());
    }
    return new WindowShape(scales, count(), in.readBoolean(), in.readBoolean());
  }

  private static void scale(WindowScale scale, DataOutputStream out) throws IOException {
    SnapshotNumbers.write(scale.mean(), out);
    SnapshotNumbers.write(scale.sd(), out);
  }

  private WindowScale scale() throws IOException {
    return new WindowScale(numbers(), numbers());
  }

  private static void reference(Reference reference, DataOutputStream out) throws IOException {
    SnapshotNumbers.write(reference.counts(), out);
  }

  private Reference reference(double low, int bins, double mostShape, int memory)
      throws IOException {
    return new Reference(low, bins, mostShape, memory, floats());
  }

  private double[] numbers() throws IOException {
    return SnapshotNumbers.doubles(in, most);
  }

  private float[] floats() throws IOException {
    return SnapshotNumbers.floats(in, most);
  }

  private int count() throws IOException {
    return SnapshotNumbers.count(in, most);
  }
}
