package io.kelbo.model;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Counted numbers of a snapshot, written and read; a count that the bytes cannot hold is refused.
 */
final class SnapshotNumbers {
  private SnapshotNumbers() {}

  static void write(double[] numbers, DataOutputStream out) throws IOException {
    out.writeInt(numbers.length);
    for (double number : numbers) {
      out.writeDouble(number);
    }
  }

  static void write(float[] numbers, DataOutputStream out) throws IOException {
    out.writeInt(numbers.length);
    for (float number : numbers) {
      out.writeFloat(number);
    }
  }

  /**
   * @param most bytes of the snapshot
   */
  static double[] doubles(DataInputStream in, int most) throws IOException {
    double[] numbers = new double[count(in, most)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readDouble();
    }
    return numbers;
  }

  /**
   * @param most bytes of the snapshot
   */
  static float[] floats(DataInputStream in, int most) throws IOException {
    float[] numbers = new float[count(in, most)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readFloat();
    }
    return numbers;
  }

  /**
   * @param most bytes of the snapshot
   * @throws IOException if the count is negative or larger
   */
  static int count(DataInputStream in, int most) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > most) {
      throw new IOException(
          "a count is %d but the snapshot has only %d bytes".formatted(count, most));
    }
    return count;
  }
}
