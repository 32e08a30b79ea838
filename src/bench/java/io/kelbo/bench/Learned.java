package io.kelbo.bench;

import io.kelbo.context.Recent;
import io.kelbo.decide.Calibration;
import io.kelbo.encode.Encoder;
import io.kelbo.encode.EncoderLearning;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.score.NetworkHeads;
import io.kelbo.score.Patterns;
import io.kelbo.score.Scorer;
import io.kelbo.vae.LinearStart;
import io.kelbo.vae.Network;
import io.kelbo.vae.Rows;
import io.kelbo.vae.Shape;
import io.kelbo.vae.VaeTraining;
import io.kelbo.vae.Workspace;
import java.util.List;

/** A residual VAE of our own shape, learned from made-up records, and one thread's hand on it. */
final class Learned {
  static final int FIELDS = 38;
  static final int LATENTS = 8;
  private static final int ROWS = 3000;
  private static final int EPOCHS = 3;

  final double[][] numbers = Made.numbers(ROWS, FIELDS, 1);
  final Encoder encoder;
  final Rows rows = new Rows();
  final LinearStart.Fitted start;
  final Network network;
  final List<Observation> observations;
  private final Scorer scorer;
  private final Calibration calibration;
  private final Recent recent = new Recent(FIELDS);
  private int next;

  Learned() {
    Fields fields = Made.layout(FIELDS).fields();
    observations = Made.observations(fields, numbers);
    encoder = EncoderLearning.learn(fields, observations, List.of(), false);
    Workspace w = new Workspace(new Shape(NetworkHeads.of(encoder), 1, 0));
    for (Observation observation : observations) {
      encoder.encode(observation, recent.means, w.input, w.target, w.mask);
      rows.add(w);
    }
    boolean[] fixed = new boolean[FIELDS];
    start = LinearStart.fit(NetworkHeads.of(encoder), rows, LATENTS, fixed);
    network = VaeTraining.train(start.network(), rows, start.weights(), fixed, EPOCHS, 1);
    scorer = new Scorer(encoder, network, Patterns.none(FIELDS));
    double[] scores = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      scorer.score(observations.get(i), recent);
      scores[i] = scorer.comparable();
    }
    calibration = Calibration.of(new double[][] {scores});
  }

  /** Encodes, scores and decides the next record. */
  boolean decide() {
    next = next + 1 < ROWS ? next + 1 : 0;
    scorer.score(observations.get(next), recent);
    return calibration.pValue(scorer.comparable()) < 1e-3;
  }
}
