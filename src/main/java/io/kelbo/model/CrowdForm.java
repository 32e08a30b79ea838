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
        numbers(spread.values(), out);
        edge(spread.low(), out);
        edge(spread.high(), out);
      } else if (margin instanceof Shares shares) {
        out.writeByte(SHARES);
        numbers(shares.nats(), out);
      }
    }
    float[] points = crowd.exemplars().points();
    out.writeInt(crowd.exemplars().dimensions());
    out.writeInt(points.length);
    for (float number : points) {
      out.writeFloat(number);
    }
    out.writeDouble(crowd.pool().network());
    out.writeDouble(crowd.pool().margins());
    out.writeDouble(crowd.pool().exemplars());
  }

  /**
   * @param most no count may be larger
   */
  static Crowd read(DataInputStream in, int most) throws IOException {
    List<Margin> margins = new ArrayList<>();
    for (int n = count(in, most); n > 0; n--) {
      byte kind = in.readByte();
      if (kind != SPREAD && kind != SHARES) {
        throw new IOException("a margin is of kind %d but there are 0 and 1".formatted(kind));
      }
      double[] numbers = numbers(in, most);
      margins.add(kind == SPREAD ? new Spread(numbers, edge(in), edge(in)) : new Shares(numbers));
    }
    int dimensions = in.readInt();
    float[] points = new float[count(in, most)];
    for (int i = 0; i < points.length; i++) {
      points[i] = in.readFloat();
    }
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

  private static void numbers(double[] numbers, DataOutputStream out) throws IOException {
    out.writeInt(numbers.length);
    for (double number : numbers) {
      out.writeDouble(number);
    }
  }

  private static double[] numbers(DataInputStream in, int most) throws IOException {
    double[] numbers = new double[count(in, most)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readDouble();
    }
    return numbers;
  }

  private static int count(DataInputStream in, int most) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > most) {
      throw new IOException(
          "a count is %d but the snapshot has only %d bytes".formatted(count, most));
    }
    return count;
  }
}
