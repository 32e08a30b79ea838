package io.kelbo.format;

import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.UnreadableRecord.Reason;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a reading is in its record, and the leaves found so far; bounded as JSON's is. */
final class LeafWalk {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_LEAVES = 10_000;
  private static final int MAX_PATH = 1_000;

  final AvroBytes in;
  private final Map<String, Object> leaves = new LinkedHashMap<>();
  private final StringBuilder path = new StringBuilder();
  private int depth;

  LeafWalk(AvroBytes in) {
    this.in = in;
  }

  Map<String, Object> leaves() {
    return leaves;
  }

  /** Goes one step down; the answer is for {@link #up}. */
  int down(String step) throws UnreadableRecord {
    int above = path.length();
    if (above > 0) {
      path.append('.');
    }
    path.append(step);
    if (path.length() > MAX_PATH) {
      throw new UnreadableRecord(
          Reason.TOO_LARGE,
          "a path in the record has more than %,d characters".formatted(MAX_PATH));
    }
    return above;
  }

  void up(int above) {
    path.setLength(above);
  }

  void enter() throws UnreadableRecord {
    depth++;
    if (depth > MAX_DEPTH) {
      throw new UnreadableRecord(
          Reason.TOO_DEEP, "the record is nested deeper than %d levels".formatted(MAX_DEPTH));
    }
  }

  void leave() {
    depth--;
  }

  void put(double number) throws UnreadableRecord {
    if (Double.isFinite(number)) {
      put((Object) number);
    }
  }

  void put(Object leaf) throws UnreadableRecord {
    leaves.put(path.toString(), leaf);
    if (leaves.size() > MAX_LEAVES) {
      throw new UnreadableRecord(
          Reason.TOO_LARGE, "the record has more than %,d values".formatted(MAX_LEAVES));
    }
  }
}
