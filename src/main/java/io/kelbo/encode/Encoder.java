package io.kelbo.encode;

import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import java.util.List;

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
    for (int c = 0; c < mask.length; c++) {
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
