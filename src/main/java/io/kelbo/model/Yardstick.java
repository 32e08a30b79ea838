package io.kelbo.model;

import io.kelbo.encode.Channel;
import io.kelbo.encode.Encoder;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;

/**
 * A field's value as one number on the model's own scale, so that a stream can be held against what
 * was learned from: standard deviations from the training mean, squashed at 10 as for scoring. A
 * category is 1 if it is the most frequent one learned, else 0. A target always counts as missing:
 * whether somebody still says what it is tells nothing of the stream.
 */
public final class Yardstick {
  private final Channel[] channels;
  private final Fields all;

  public Yardstick(Encoder encoder) {
    this.channels = encoder.channels().stream().filter(c -> !c.recent()).toArray(Channel[]::new);
    this.all = encoder.fields();
  }

  /** How many fields it measures, in the model's order. */
  public int fields() {
    return channels.length;
  }

  /** The field's value on the model's scale; NaN where it is missing. */
  public double of(Observation observation, int field) {
    Channel channel = channels[field];
    if (all.get(field).target()) {
      return Double.NaN;
    }
    if (channel.kind() == Channel.Kind.CATEGORY) {
      String text = observation.text(field);
      if (text == null) {
        return Double.NaN;
      }
      return !channel.categories().isEmpty() && text.equals(channel.categories().get(0)) ? 1 : 0;
    }
    double raw = observation.number(field);
    if (Double.isNaN(raw)) {
      return Double.NaN;
    }
    double value = channel.kind() == Channel.Kind.COUNT ? StrictMath.log1p(Math.max(0, raw)) : raw;
    return Encoder.squash((value - channel.mean()) / channel.sd());
  }
}
