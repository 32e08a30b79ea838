package io.kelbo.encode;

import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns an observation and the means of its surroundings into inputs, targets and a mask.
 * Immutable; learned by {@link EncoderLearning}.
 */
public final class Encoder {
  /**
   * Deviations beyond this grow by their logarithm only: one absurd value must not be the model.
   */
  public static final double SQUASH = 10;

  private final Fields fields;
  private final List<Channel> channels;
  private final Channel[] every; // the same, read for each record
  private final int[] numbers; // quantities' runs: each its first channel, its place, its length
  private final int[] others; // all other channels
  private final double[] mean; // (channels)
  private final double[] sd; // (channels)
  private final int inputs;

  /**
   * @param channels for each field its value now, in order, then any means of recent values
   * @throws IllegalArgumentException if they do not fit the fields or leave gaps
   */
  public Encoder(Fields fields, List<Channel> channels) {
    this.fields = fields;
    this.channels = List.copyOf(channels);
    this.every = channels.toArray(Channel[]::new);
    int at = 0;
    for (int c = 0; c < channels.size(); c++) {
      Channel channel = channels.get(c);
      boolean fits = c < fields.size() ? channel.field() == c : channel.recent();
      if (!fits || channel.field() >= fields.size() || channel.at() != at) {
        throw new IllegalArgumentException(
            "channel %d (field %d, at %d) does not fit %d fields"
                .formatted(c, channel.field(), channel.at(), fields.size()));
      }
      at += channel.width();
    }
    if (channels.size() < fields.size()) {
      throw new IllegalArgumentException(
          "%d channels were given for %d fields".formatted(channels.size(), fields.size()));
    }
    this.inputs = at;
    this.mean = channels.stream().mapToDouble(Channel::mean).toArray();
    this.sd = channels.stream().mapToDouble(Channel::sd).toArray();
    this.others = IntStream.range(0, every.length).filter(c -> !quantity(c)).toArray();
    this.numbers =
        IntStream.range(0, every.length)
            .filter(c -> quantity(c) && !quantity(c - 1))
            .flatMap(c -> IntStream.of(c, every[c].at(), run(c)))
            .toArray();
  }

  /** Whether a channel is a field's number as it is now; these are most and are encoded at once. */
  private boolean quantity(int c) {
    return c >= 0
        && c < every.length
        && every[c].kind() == Channel.Kind.NUMBER
        && !every[c].recent();
  }

  private int run(int first) {
    int end = first;
    while (quantity(end)) {
      end++;
    }
    return end - first;
  }

  public Fields fields() {
    return fields;
  }

  /** One for each head of the network, in order. */
  public List<Channel> channels() {
    return channels;
  }

  /** How many numbers the network reads (D). */
  public int inputs() {
    return inputs;
  }

  /**
   * @param means (fields) mean of recent values, NaN where unknown
   * @param input (D) written; 0 where missing
   * @param target (D) written: the standardised number, the count, 0 or 1, or the class
   * @param mask (channels) written: 1 where present
   */
  public void encode(
      Observation observation, double[] means, double[] input, double[] target, double[] mask) {
    for (int run = 0; run < numbers.length; run += 3) {
      int at = numbers[run + 1];
      observation.numbers(numbers[run], numbers[run + 2], input, at);
      quantities(numbers[run], at, numbers[run + 2], input, target, mask);
    }
    for (int c : others) {
      Channel channel = every[c];
      int at = channel.at();
      if (channel.kind() == Channel.Kind.CATEGORY) {
        mask[c] = category(channel, observation.text(channel.field()), input, target);
        continue;
      }
      double raw = channel.recent() ? means[channel.field()] : observation.number(channel.field());
      if (Double.isNaN(raw)) {
        mask[c] = 0;
        input[at] = 0;
        target[at] = 0;
        continue;
      }
      mask[c] = 1;
      if (channel.kind() == Channel.Kind.NUMBER) {
        input[at] = squash((raw - channel.mean()) / channel.sd());
        target[at] = input[at];
      } else if (channel.kind() == Channel.Kind.FLAG) {
        input[at] = raw - channel.mean();
        target[at] = raw != 0 ? 1 : 0;
      } else {
        double count = Math.max(0, raw);
        input[at] = squash((StrictMath.log1p(count) - channel.mean()) / channel.sd());
        target[at] = Math.min(count, 1e9);
      }
    }
  }

  /** The same for quantities side by side; the first loop has no branch, for the compiler. */
  private void quantities(
      int first, int at, int count, double[] input, double[] target, double[] mask) {
    for (int i = 0; i < count; i++) {
      input[at + i] = (input[at + i] - mean[first + i]) / sd[first + i];
    }
    for (int i = 0; i < count; i++) {
      double v = input[at + i];
      mask[first + i] = 1;
      if (!(Math.abs(v) <= SQUASH)) {
        mask[first + i] = Double.isNaN(v) ? 0 : 1; // finite numbers never divide to NaN
        input[at + i] = Double.isNaN(v) ? 0 : squash(v);
      }
    }
    System.arraycopy(input, at, target, at, count);
  }

  private static double category(
      Channel channel,
      @org.jspecify.annotations.Nullable String text,
      double[] input,
      double[] target) {
    int at = channel.at();
    java.util.Arrays.fill(input, at, at + channel.width(), 0);
    target[at] = 0;
    if (text == null) {
      return 0;
    }
    int known = channel.categories().indexOf(text) + 1; // 0: unknown
    input[at + known] = 1;
    target[at] = known;
    return 1;
  }

  public static double squash(double v) {
    return squash(v, SQUASH);
  }

  /** Deviations beyond {@code limit} grow by their logarithm only. */
  public static double squash(double v, double limit) {
    double size = Math.min(Math.abs(v), Double.MAX_VALUE); // a tiny sd may divide to infinity
    return size <= limit ? v : Math.signum(v) * (limit + StrictMath.log1p(size - limit));
  }
}
