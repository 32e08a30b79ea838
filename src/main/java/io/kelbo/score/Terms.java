package io.kelbo.score;

import io.kelbo.encode.Channel;
import io.kelbo.encode.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * What a target is told by: each encoded input, and of the second order the squares of numbers and,
 * where there are few of them, their products. Immutable.
 */
public final class Terms {
  // Beyond it a square would say more of one far value than all others say together.
  private static final double FAR = 3;
  private static final int MOST_CROSSED = 20; // numbers: 190 products

  private final int order;
  private final int[] linear;
  private final int[] squared;
  private final int[] left; // of products
  private final int[] right;

  private Terms(int order, int[] linear, int[] squared, int[] left, int[] right) {
    this.order = order;
    this.linear = linear;
    this.squared = squared;
    this.left = left;
    this.right = right;
  }

  /**
   * @param order 1 or 2
   * @throws IllegalArgumentException if it is neither
   */
  public static Terms of(Encoder encoder, int order) {
    if (order < 1 || order > 2) {
      throw new IllegalArgumentException(
          "terms are of order %d but must be 1 or 2".formatted(order));
    }
    List<Integer> linear = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    List<Integer> now = new ArrayList<>();
    for (Channel channel : encoder.channels()) {
      if (encoder.fields().get(channel.field()).target()) {
        continue;
      }
      for (int i = channel.at(); i < channel.at() + channel.width(); i++) {
        linear.add(i);
      }
      if (order == 2
          && !channel.constant()
          && (channel.kind() == Channel.Kind.NUMBER || channel.kind() == Channel.Kind.COUNT)) {
        numbers.add(channel.at());
        if (!channel.recent()) {
          now.add(channel.at());
        }
      }
    }
    List<Integer> left = new ArrayList<>();
    List<Integer> right = new ArrayList<>();
    for (int a = 0; a < now.size() && now.size() <= MOST_CROSSED; a++) {
      for (int b = 0; b < a; b++) {
        left.add(now.get(a));
        right.add(now.get(b));
      }
    }
    return new Terms(order, ints(linear), ints(numbers), ints(left), ints(right));
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  /** 1 or 2. */
  public int order() {
    return order;
  }

  /** How many there are, the constant not counted. */
  public int size() {
    return linear.length + squared.length + left.length;
  }

  /**
   * Writes the terms of what an encoder wrote.
   *
   * @param input (D)
   * @param out (size)
   */
  public void of(double[] input, double[] out) {
    int at = 0;
    for (int i : linear) {
      out[at++] = input[i];
    }
    for (int i : squared) {
      double near = near(input[i]);
      out[at++] = near * near;
    }
    for (int k = 0; k < left.length; k++) {
      out[at++] = near(input[left[k]]) * near(input[right[k]]);
    }
  }

  private static double near(double v) {
    return Math.max(-FAR, Math.min(FAR, v));
  }
}
