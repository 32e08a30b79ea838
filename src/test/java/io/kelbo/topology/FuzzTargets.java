package io.kelbo.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kelbo.context.EntityState;
import io.kelbo.format.FormatFuzz;
import io.kelbo.model.Model;
import io.kelbo.model.Snapshots;
import io.kelbo.model.UnreadableSnapshot;
import io.kelbo.record.Incoming;
import io.kelbo.record.RecordReader;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import io.kelbo.record.UnreadableRecord;
import io.kelbo.service.SettingsProblems;
import io.kelbo.service.SettingsReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Every reader of bytes from outside. Another format is one more {@link Fuzz.Target} in {@link
 * #all}.
 */
final class FuzzTargets {
  private static final Instant TIME = Instant.parse("2026-11-22T08:13:00Z");

  private FuzzTargets() {}

  static List<Fuzz.Target> all() {
    Model model = FirstModels.model(1);
    RecordReader reader = new RecordReader(model.layout(), 1_000_000);
    List<byte[]> rows = new ArrayList<>();
    EntityState state = EntityState.read("pump-1", model.layout().fields(), null);
    List<Run.Moment> moments = new ArrayList<>();
    for (int row = 0; row < 20; row++) {
      rows.add(PlantRows.row(row).getBytes(UTF_8));
      Incoming incoming = incoming(reader, rows.get(row), row);
      state.accept(incoming, false);
      moments.add(new Run.Moment(TIME, incoming.source(), incoming.observation(), false));
    }
    byte[] sample = new Sample("default", 3, 1, 0.25, new Run("pump-1", moments)).write();
    byte[] snapshot = Snapshots.write(model);
    byte[] settings =
        """
        name: kelbo
        kafka: { bootstrap.servers: "localhost:9092", security.protocol: SSL }
        input: { topic: plant, entity: key, fields: [ { name: a.b, kind: quantity } ] }
        retrain: { every: PT10M, window: PT24H }
        http: { host: 127.0.0.1, port: 8080, token: abcdefghijklmnop }
        """
            .getBytes(UTF_8);
    List<Fuzz.Target> all = new ArrayList<>(AvroFuzz.targets());
    all.addAll(FormatFuzz.targets(rows));
    all.addAll(TopicFuzz.targets());
    all.addAll(
        List.of(
            target("json", rows, bytes -> incoming(reader, bytes), UnreadableRecord.class),
            target(
                "snapshot",
                List.of(snapshot),
                bytes -> Snapshots.read(summed(bytes)),
                UnreadableSnapshot.class),
            target(
                "published",
                List.of(ModelSnapshot.of(model).write()),
                ModelSnapshot::read,
                IOException.class),
            target(
                "champion",
                List.of(new Champion(3, TIME, "it won").write()),
                Champion::read,
                IOException.class),
            target("sample", List.of(sample), Sample::read, IOException.class),
            target(
                "state",
                List.of(state.write()),
                bytes -> EntityState.read("pump-1", model.layout().fields(), bytes),
                IllegalStateException.class),
            target(
                "marker",
                List.of(new Marker(5, -1, Marker.Cause.SCHEDULE, 400, 1, 1, false).write()),
                bytes -> Marker.read(bytes, 7),
                IllegalStateException.class),
            target(
                "settings",
                List.of(settings),
                bytes -> new SettingsReader().read(new String(bytes, UTF_8), "fuzz"),
                SettingsProblems.class)));
    return List.copyOf(all);
  }

  @SafeVarargs
  static Fuzz.Target target(
      String name,
      List<byte[]> good,
      Fuzz.Reading reading,
      Class<? extends Exception>... refusals) {
    return new Fuzz.Target(name, good, reading, List.of(refusals));
  }

  private static Incoming incoming(RecordReader reader, byte[] bytes) throws UnreadableRecord {
    return reader.read(new Source("plant", 0, 1), bytes, bytes, TIME);
  }

  private static Incoming incoming(RecordReader reader, byte[] bytes, long offset) {
    try {
      return reader.read(new Source("plant", 0, offset), new byte[] {'p'}, bytes, TIME);
    } catch (UnreadableRecord impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** With a checksum that fits, since otherwise nothing behind it would ever be read. */
  private static byte[] summed(byte[] bytes) {
    int end = bytes.length - Integer.BYTES;
    if (end > 0) {
      CRC32 sum = new CRC32();
      sum.update(bytes, 0, end);
      for (int i = 0; i < Integer.BYTES; i++) {
        bytes[end + i] = (byte) (sum.getValue() >> (24 - 8 * i));
      }
    }
    return bytes;
  }
}
