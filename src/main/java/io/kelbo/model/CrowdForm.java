package io.kelbo.model;

import io.kelbo.score.Crowd;
import io.kelbo.score.Edge;
import io.kelbo.score.Exemplars;
import io.kelbo.score.Margin;
import io.kelbo.score.Pool;
import io.kelbo.score.Shares;
import io.kelbo.score.Spread;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A crowd as bytes and back: what a snapshot of format 2 has at its end. */
final class CrowdForm {
  private static final byte SPREAD = 0;
  private static final byte SHARES = 1;

  private CrowdForm() {}

  static void write(Crowd crowd, DataOutputStream out) throws IOException {
    out.writeInt(crowd.margins().size());
    for (Margin margin : crowd.margins()) {
      if (margin instanceof Spread spread) {
        out.writeByte(SPREAD);
        SnapshotNumbers.write(spread.values(), out);
        edge(spread.low(), out);
        edge(spread.high(), out);
      } else if (margin instanceof Shares shares) {
        out.writeByte(SHARES);
        SnapshotNumbers.write(shares.nats(), out);
      }
    }
    float[] points = crowd.exemplars().points();
    out.writeInt(crowd.exemplars().dimensions());
    SnapshotNumbers.write(points, out);
    out.writeDouble(crowd.pool().network());
    out.writeDouble(crowd.pool().margins());
    out.writeDouble(crowd.pool().exemplars());
  }

  /**
   * @param most no count may be larger
   */
  static Crowd read(DataInputStream in, int most) throws IOException {
    List<Margin> margins = new ArrayList<>();
    for (int n = SnapshotNumbers.count(in, most); n > 0; n--) {
      byte kind = in.readByte();
      if (kind != SPREAD && kind != SHARES) {
        throw new IOException("a margin is of kind %d but there are 0 and 1".formatted(kind));
      }
      double[] numbers = SnapshotNumbers.doubles(in, most);
      margins.add(kind == SPREAD ? new Spread(numbers, edge(in), edge(in)) : new Shares(numbers));
    }
    int dimensions = in.readInt();
    float[] points = SnapshotNumbers.floats(in, most);
    Pool pool = new Pool(in.readDouble(), in.readDouble(), in.readDouble());
    return new Crowd(margins, new Exemplars(dimensions, points), pool);
  }

  private static void edge(Edge edge, DataOutputStream out) throws IOException {
    out.writeDouble(edge.from());
    out.writeDouble(edge.scale());
    out.writeDouble(edge.share());
  }

  private static Edge edge(DataInputStream in) throws IOException {
    return new Edge(in.readDouble(), in.readDouble(), in.readDouble());
  }
}
