package io.kelbo.model;

import io.kelbo.decide.Calibration;
import io.kelbo.decide.OddEntities;
import io.kelbo.decide.Oddness;
import io.kelbo.encode.Channel;
import io.kelbo.encode.Encoder;
import io.kelbo.record.EntityRule;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.FieldRole;
import io.kelbo.record.Fields;
import io.kelbo.record.InputLayout;
import io.kelbo.score.Crowd;
import io.kelbo.score.NetworkHeads;
import io.kelbo.score.Patterns;
import io.kelbo.score.Readout;
import io.kelbo.score.Tails;
import io.kelbo.vae.Network;
import io.kelbo.vae.Shape;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads formats 1 (records alone) to 9, refusing lengths that the bytes cannot hold. */
final class SnapshotReader {
  private final DataInputStream in;
  private final int most;
  private final int format;

  SnapshotReader(DataInputStream in, int bytes, int format) {
    this.in = in;
    this.format = format;
    this.most = bytes;
  }

  Model read() throws IOException {
    ModelId id = new ModelId(in.readUTF(), in.readInt());
    InputLayout layout = layout();
    Encoder encoder = new Encoder(layout.fields(), channels());
    Patterns patterns = new Patterns(numbers(), numbers(), numbers(), numbers());
    int latent = count();
    int hidden = count();
    int layers = Snapshots.layered(format) ? count() : 1;
    Shape shape = new Shape(NetworkHeads.of(encoder), latent, hidden, layers);
    Network network = new Network(shape, numbers());
    Calibration calibration = new Calibration(numbers(), in.readDouble());
    double threshold = in.readDouble();
    Provenance provenance = provenance();
    boolean more = format > 1;
    Crowd crowd = more && in.readBoolean() ? CrowdForm.read(in, most) : null;
    StreamSense stream =
        more && in.readBoolean() ? StreamForm.read(in, most, Snapshots.levels(format)) : null;
    Ground ground = format > 2 ? GroundForm.read(in, most) : Ground.UNKNOWN;
    List<Readout> readouts = new ArrayList<>();
    for (int n = format > 3 ? count() : 0; n > 0; n--) {
      readouts.add(readout(encoder));
    }
    Tails tails = format > 4 ? new Tails(list(), list()) : Tails.normal(layout.fields().size());
    if (format > 5 && stream != null) {
      stream = stream.with(odd());
    }
    return new Model(
        id,
        layout,
        encoder,
        patterns,
        network,
        calibration,
        threshold,
        provenance.on(ground),
        crowd,
        stream,
        readouts,
        tails);
  }

  private OddEntities odd() throws IOException {
    Map<String, Oddness> odd = new TreeMap<>();
    for (int n = count(); n > 0; n--) {
      odd.put(in.readUTF(), new Oddness(in.readFloat(), in.readFloat()));
    }
    return new OddEntities(odd);
  }

  private List<Double> list() throws IOException {
    return Arrays.stream(numbers()).boxed().toList();
  }

  private Readout readout(Encoder own) throws IOException {
    int target = count();
    Encoder encoder = own;
    if (!in.readBoolean()) {
      int fields = count();
      if (fields < 1 || fields > own.fields().size()) {
        throw new IOException(
            "a readout reads %d of %d fields".formatted(fields, own.fields().size()));
      }
      encoder = new Encoder(new Fields(own.fields().list().subList(0, fields)), channels());
    }
    int order = count();
    List<String> classes = new ArrayList<>();
    for (int n = count(); n > 0; n--) {
      classes.add(in.readUTF());
    }
    return new Readout(
        target, encoder, order, classes, numbers(), in.readDouble(), in.readDouble());
  }

  private InputLayout layout() throws IOException {
    List<Field> fields = new ArrayList<>();
    for (int n = count(); n > 0; n--) {
      String name = in.readUTF();
      FieldKind kind = FieldKind.of(in.readUTF());
      boolean target = format > 3 && in.readBoolean();
      Field field = new Field(name, kind, target ? FieldRole.TARGET : FieldRole.INPUT);
      fields.add(field.total() ? field.stepping(in.readDouble()) : field);
    }
    EntityRule entity = EntityRule.of(in.readUTF());
    String time = in.readUTF();
    return new InputLayout(new Fields(fields), entity, time.isEmpty() ? null : time);
  }

  private List<Channel> channels() throws IOException {
    List<Channel> channels = new ArrayList<>();
    for (int n = count(); n > 0; n--) {
      int field = count();
      Channel.Kind kind = Channel.Kind.valueOf(in.readUTF());
      boolean recent = in.readBoolean();
      int at = count();
      double mean = in.readDouble();
      double sd = in.readDouble();
      boolean constant = in.readBoolean();
      List<String> categories = new ArrayList<>();
      for (int c = count(); c > 0; c--) {
        categories.add(in.readUTF());
      }
      channels.add(new Channel(field, kind, recent, at, mean, sd, constant, categories));
    }
    return channels;
  }

  private Provenance provenance() throws IOException {
    Instant trainedAt = Instant.ofEpochMilli(in.readLong());
    Instant from = Instant.ofEpochMilli(in.readLong());
    Instant to = Instant.ofEpochMilli(in.readLong());
    long records = in.readLong();
    long seed = in.readLong();
    String method = in.readUTF();
    int parent = in.readInt();
    List<Provenance.Offset> warmUp = new ArrayList<>();
    for (int n = count(); n > 0; n--) {
      warmUp.add(new Provenance.Offset(in.readUTF(), in.readInt(), in.readLong()));
    }
    Map<String, Double> figures = new TreeMap<>();
    for (int n = count(); n > 0; n--) {
      figures.put(in.readUTF(), in.readDouble());
    }
    return new Provenance(
        trainedAt, from, to, records, seed, method, parent == 0 ? null : parent, warmUp, figures);
  }

  private double[] numbers() throws IOException {
    return SnapshotNumbers.doubles(in, most);
  }

  private int count() throws IOException {
    return SnapshotNumbers.count(in, most);
  }
}
