package io.kelbo.model;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A model's ground in a snapshot of format 3. */
final class GroundForm {
  private GroundForm() {}

  static void write(Ground ground, DataOutputStream out) throws IOException {
    Map<String, String> settings = new TreeMap<>(ground.settings()); // same model, same bytes
    out.writeInt(settings.size());
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      out.writeUTF(setting.getKey());
      out.writeUTF(setting.getValue());
    }
    out.writeInt(ground.extents().size());
    for (Ground.Extent extent : ground.extents()) {
      out.writeUTF(extent.topic());
      out.writeInt(extent.partition());
      out.writeLong(extent.first());
      out.writeLong(extent.last());
    }
    out.writeInt(ground.blocks());
    out.writeInt(ground.footings().size());
    for (Footing footing : ground.footings()) {
      SnapshotNumbers.write(footing.numbers(), out);
    }
  }

  /**
   * @param most the snapshot's bytes: no list can be longer
   */
  static Ground read(DataInputStream in, int most) throws IOException {
    Map<String, String> settings = new TreeMap<>();
    for (int n = SnapshotNumbers.count(in, most); n > 0; n--) {
      settings.put(in.readUTF(), in.readUTF());
    }
    List<Ground.Extent> extents = new ArrayList<>();
    for (int n = SnapshotNumbers.count(in, most); n > 0; n--) {
      extents.add(new Ground.Extent(in.readUTF(), in.readInt(), in.readLong(), in.readLong()));
    }
    int blocks = in.readInt();
    List<Footing> footings = new ArrayList<>();
    for (int n = SnapshotNumbers.count(in, most); n > 0; n--) {
      footings.add(Footing.of(SnapshotNumbers.doubles(in, most)));
    }
    return new Ground(settings, extents, blocks, footings);
  }
}
