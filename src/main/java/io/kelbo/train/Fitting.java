package io.kelbo.train;

import io.kelbo.encode.Encoder;
import io.kelbo.score.NetworkHeads;
import io.kelbo.vae.Head;
import io.kelbo.vae.Likelihood;
import io.kelbo.vae.LinearStart;
import io.kelbo.vae.Network;
import io.kelbo.vae.Rows;
import io.kelbo.vae.Shape;
import io.kelbo.vae.VaeTraining;
import io.kelbo.vae.Workspace;
import java.util.List;

/** Fits the two kinds of network to encoded rows. */
final class Fitting {
  private static final int MOST_LATENTS = 8;
  private static final int LONG_SAMPLE = 10_000;
  // Rows without order come unlabelled, with anomalies among them.
  private static final double TRIMMED = 0.1;

  private final List<Head> heads;
  private final Rows rows;
  private final boolean[] constant;
  private final int latents;
  private final TrainingSettings settings;

  Fitting(Encoder encoder, TrainingRows sample, TrainingSettings settings) {
    this.heads = NetworkHeads.of(encoder);
    this.rows = new Rows();
    this.constant = new boolean[encoder.inputs()];
    this.settings = settings;
    encoder.channels().stream().filter(c -> c.constant()).forEach(c -> constant[c.at()] = true);
    int numbers = (int) encoder.channels().stream().filter(c -> !c.recent()).count();
    this.latents = Math.max(2, Math.min(MOST_LATENTS, numbers / (settings.tabular() ? 3 : 2)));
    Workspace w = new Workspace(new Shape(heads, 1, 0));
    for (int i = 0; i < sample.size(); i++) {
      encoder.encode(
          sample.observations().get(i), sample.means().get(i), w.input, w.target, w.mask);
      rows.add(w);
    }
  }

  /** These rows, encoded. */
  Rows rows(int[] places) {
    return rows.select(places);
  }

  /** Robust factor analysis on these rows. */
  LinearStart.Fitted linear(int[] places) {
    return LinearStart.fit(
        heads, rows.select(places), latents, constant, settings.tabular() ? TRIMMED : 0);
  }

  /**
   * The variational autoencoder, from that start, on the same rows.
   *
   * @throws ArithmeticException if it diverges
   */
  Network vae(LinearStart.Fitted start, int[] places) {
    int epochs = places.length > LONG_SAMPLE ? 6 : 20;
    return VaeTraining.train(
        start.network(),
        rows.select(places),
        start.weights(),
        constant,
        epochs,
        settings.seed(),
        settings.tabular() ? Likelihood.STUDENT_T : Likelihood.GAUSSIAN,
        settings.layers(),
        settings.parallel());
  }
}
