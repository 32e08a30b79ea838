package io.kelbo.latent;

import io.kelbo.encode.Channel;
import io.kelbo.vae.Likelihood;
import io.kelbo.vae.Rows;
import io.kelbo.vae.Workspace;
import java.util.ArrayList;
import java.util.List;

/**
 * Decoded fields as numbers that can be compared: a quantity, log(1 + count), the chance of a flag
 * or of a category's frequent values, each in standard deviations of what the rows say of it.
 */
final class Readings {
  private static final int MOST_CLASSES = 4; // of a category, the most frequent
  private static final double CONSTANT = 1e-6; // standard deviation

  private final List<Reading> all = new ArrayList<>();

  /** One number of a field; {@code at} is its place among the network's outputs. */
  private record Reading(String name, Channel channel, int at, double mean, double sd) {}

  Readings(Encoded table) {
    for (int k = 0; k < table.encoder().channels().size(); k++) {
      Channel channel = table.encoder().channels().get(k);
      String name = table.encoder().fields().get(channel.field()).name();
      boolean category = channel.kind() == Channel.Kind.CATEGORY;
      int classes = category ? Math.min(MOST_CLASSES, channel.width() - 1) : 1;
      for (int c = 0; c < classes; c++) {
        int at = channel.at() + (category ? c + 1 : 0);
        String label = category ? name + " = " + channel.categories().get(c) : name;
        add(new Reading(label, channel, at, 0, 1), k, table.rows());
      }
    }
  }

  private void add(Reading raw, int head, Rows rows) {
    double n = 0;
    double mean = 0;
    double squares = 0;
    for (int r = 0; r < rows.size(); r++) {
      if (rows.mask(r)[head] != 0) {
        double value = observed(raw, rows.target(r));
        double step = value - mean;
        mean += step / ++n;
        squares += step * (value - mean); // Welford
      }
    }
    double sd = Math.sqrt(squares / Math.max(1, n));
    if (sd > CONSTANT) {
      all.add(new Reading(raw.name(), raw.channel(), raw.at(), mean, sd));
    }
  }

  private static double observed(Reading reading, double[] target) {
    return switch (reading.channel().kind()) {
      case NUMBER, FLAG -> target[reading.at()];
      case COUNT -> StrictMath.log1p(target[reading.at()]);
      case CATEGORY ->
          (int) target[reading.channel().at()] == reading.at() - reading.channel().at() ? 1 : 0;
    };
  }

  List<String> names() {
    return all.stream().map(Reading::name).toList();
  }

  /** Of what was last decoded, in standard deviations from the rows' mean. */
  double[] decoded(Workspace w) {
    return all.stream()
        .mapToDouble(reading -> (expected(reading, w.eta) - reading.mean()) / reading.sd())
        .toArray();
  }

  private static double expected(Reading reading, double[] eta) {
    Channel channel = reading.channel();
    double own = eta[reading.at()];
    return switch (channel.kind()) {
      case NUMBER -> own;
      case COUNT -> StrictMath.log1p(Likelihood.rate(own));
      case FLAG -> 1 / (1 + StrictMath.exp(-own));
      case CATEGORY -> {
        double others = 0;
        for (int k = 0; k < channel.width(); k++) {
          others += StrictMath.exp(eta[channel.at() + k] - own);
        }
        yield 1 / others;
      }
    };
  }
}
