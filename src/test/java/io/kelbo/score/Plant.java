package io.kelbo.score;

import io.kelbo.context.Recent;
import io.kelbo.encode.Encoder;
import io.kelbo.encode.EncoderLearning;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.vae.LinearStart;
import io.kelbo.vae.Network;
import io.kelbo.vae.Rows;
import io.kelbo.vae.Shape;
import io.kelbo.vae.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Six quantities that follow two hidden ones, in units of their own; factor analysis learned it.
 */
final class Plant {
  static final int D = 6;
  static final double NOISE = 0.4; // of standardised units, before the units are applied
  static final Fields FIELDS =
      new Fields(
          java.util.stream.IntStream.range(0, D)
              .mapToObj(j -> new Field("f" + j, FieldKind.QUANTITY))
              .toList());

  private final Random random;
  private final double[][] loadings = new double[D][2];

  Plant(long seed) {
    random = new Random(seed);
    Random fixed = new Random(99);
    for (double[] row : loadings) {
      row[0] = fixed.nextGaussian();
      row[1] = fixed.nextGaussian();
    }
  }

  static double unit(int field) {
    return Math.pow(10, field - 2);
  }

  double[] next() {
    double a = random.nextGaussian();
    double b = random.nextGaussian();
    double[] x = new double[D];
    for (int j = 0; j < D; j++) {
      double v = loadings[j][0] * a + loadings[j][1] * b + NOISE * random.nextGaussian();
      x[j] = unit(j) * (v + 3);
    }
    return x;
  }

  static Observation observation(double[] x) {
    return new Observation(FIELDS, x, new String[D]);
  }

  static Recent alone() {
    Recent recent = new Recent(D);
    java.util.Arrays.fill(recent.means, Double.NaN);
    recent.depth = 1;
    return recent;
  }

  /** A scorer that learned from this many complete rows, without context and patterns. */
  Scorer scorer(int rows) {
    List<Observation> all = new ArrayList<>();
    List<double[]> means = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      all.add(observation(next()));
      means.add(alone().means);
    }
    Encoder encoder = EncoderLearning.learn(FIELDS, all, means, false);
    Workspace w = new Workspace(new Shape(NetworkHeads.of(encoder), 1, 0));
    Rows encoded = new Rows();
    for (int r = 0; r < rows; r++) {
      encoder.encode(all.get(r), means.get(r), w.input, w.target, w.mask);
      encoded.add(w);
    }
    Network network =
        LinearStart.fit(NetworkHeads.of(encoder), encoded, 2, new boolean[D]).network();
    return new Scorer(encoder, network, Patterns.none(D));
  }
}
