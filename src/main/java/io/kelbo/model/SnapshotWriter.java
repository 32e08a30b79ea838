package io.kelbo.model;

import io.kelbo.decide.OddEntities;
import io.kelbo.decide.Oddness;
import io.kelbo.encode.Channel;
import io.kelbo.encode.Encoder;
import io.kelbo.record.Field;
import io.kelbo.record.InputLayout;
import io.kelbo.score.Crowd;
import io.kelbo.score.Readout;
import io.kelbo.vae.Shape;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes format 1, 2 where there is a crowd or a stream, 3 with the model's ground, 4 where there
 * are targets, 5 with the tails of residuals, and 6 with odd entities, each after the one before; 7
 * has the spacings of levels within the stream, 8 the layers of the branch, and 9 the steps of
 * running totals. {@link SnapshotReader} reads them, in the same order.
 */
final class SnapshotWriter {
  private SnapshotWriter() {}

  static void write(Model model, DataOutputStream out) throws IOException {
    text(model.id().segment(), out);
    out.writeInt(model.id().version());
    layout(model.layout(), Snapshots.format(model) > 3, out);
    channels(model.encoder().channels(), out);
    for (double[] figures : model.patterns().figures()) {
      SnapshotNumbers.write(figures, out);
    }
    Shape shape = model.network().shape();
    out.writeInt(shape.latent());
    out.writeInt(shape.hidden());
    if (Snapshots.layered(Snapshots.format(model))) {
      out.writeInt(shape.layers());
    }
    SnapshotNumbers.write(model.network().parameters(), out);
    SnapshotNumbers.write(model.calibration().scores(), out);
    out.writeDouble(model.calibration().extremalIndex());
    out.writeDouble(model.thresholdP());
    provenance(model.provenance(), out);
    if (Snapshots.format(model) == 1) {
      return;
    }
    Crowd crowd = model.crowd();
    out.writeBoolean(crowd != null);
    if (crowd != null) {
      CrowdForm.write(crowd, out);
    }
    StreamSense stream = model.stream();
    out.writeBoolean(stream != null);
    if (stream != null) {
      StreamForm.write(stream, out);
    }
    if (Snapshots.format(model) > 2) {
      GroundForm.write(model.provenance().ground(), out);
    }
    if (Snapshots.format(model) > 3) {
      out.writeInt(model.readouts().size());
      for (Readout readout : model.readouts()) {
        readout(readout, model.encoder(), out);
      }
    }
    if (Snapshots.format(model) > 4) {
      for (List<Double> figures : List.of(model.tails().scales(), model.tails().powers())) {
        SnapshotNumbers.write(figures.stream().mapToDouble(v -> v).toArray(), out);
      }
    }
    if (Snapshots.format(model) > 5 && stream != null) {
      odd(stream.odd(), out);
    }
  }

  private static void odd(OddEntities odd, DataOutputStream out) throws IOException {
    Map<String, Oddness> entities = new TreeMap<>(odd.byName()); // same model, same bytes
    out.writeInt(entities.size());
    for (Map.Entry<String, Oddness> entity : entities.entrySet()) {
      text(entity.getKey(), out);
      out.writeFloat(entity.getValue().median());
      out.writeFloat(entity.getValue().quartile());
    }
  }

  private static void readout(Readout readout, Encoder own, DataOutputStream out)
      throws IOException {
    out.writeInt(readout.target());
    boolean same = readout.encoder().channels().equals(own.channels());
    out.writeBoolean(same);
    if (!same) {
      out.writeInt(readout.encoder().fields().size());
      channels(readout.encoder().channels(), out);
    }
    out.writeInt(readout.order());
    out.writeInt(readout.classes().size());
    for (String name : readout.classes()) {
      text(name, out);
    }
    SnapshotNumbers.write(readout.weights(), out);
    out.writeDouble(readout.sd());
    out.writeDouble(readout.reach());
  }

  private static void layout(InputLayout layout, boolean roles, DataOutputStream out)
      throws IOException {
    out.writeInt(layout.fields().size());
    for (Field field : layout.fields().list()) {
      text(field.name(), out);
      text(field.kind().word(), out);
      if (roles) {
        out.writeBoolean(field.target());
      }
      if (field.total()) {
        out.writeDouble(field.step());
      }
    }
    text(layout.entity().word(), out);
    String time = layout.timePath();
    text(time == null ? "" : time, out);
  }

  private static void channels(List<Channel> channels, DataOutputStream out) throws IOException {
    out.writeInt(channels.size());
    for (Channel channel : channels) {
      out.writeInt(channel.field());
      text(channel.kind().name(), out);
      out.writeBoolean(channel.recent());
      out.writeInt(channel.at());
      out.writeDouble(channel.mean());
      out.writeDouble(channel.sd());
      out.writeBoolean(channel.constant());
      out.writeInt(channel.categories().size());
      for (String category : channel.categories()) {
        text(category, out);
      }
    }
  }

  private static void provenance(Provenance provenance, DataOutputStream out) throws IOException {
    out.writeLong(provenance.trainedAt().toEpochMilli());
    out.writeLong(provenance.from().toEpochMilli());
    out.writeLong(provenance.to().toEpochMilli());
    out.writeLong(provenance.records());
    out.writeLong(provenance.seed());
    text(provenance.method(), out);
    Integer parent = provenance.parent();
    out.writeInt(parent == null ? 0 : parent);
    out.writeInt(provenance.warmUp().size());
    for (Provenance.Offset offset : provenance.warmUp()) {
      text(offset.topic(), out);
      out.writeInt(offset.partition());
      out.writeLong(offset.end());
    }
    Map<String, Double> figures = new TreeMap<>(provenance.figures()); // same model, same bytes
    out.writeInt(figures.size());
    for (Map.Entry<String, Double> figure : figures.entrySet()) {
      text(figure.getKey(), out);
      out.writeDouble(figure.getValue());
    }
  }

  private static void text(String text, DataOutputStream out) throws IOException {
    out.writeUTF(text);
  }
}
