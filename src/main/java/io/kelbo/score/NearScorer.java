package io.kelbo.score;

import io.kelbo.context.Trace;

/** Scores by a {@link NearView} that follows the entity's stream. One thread's. */
final class NearScorer {
  private final NearView view;
  private final EntityFactors factors;
  private final double[] values;
  private final double[] sums;
  private final double[] window;

  NearScorer(NearView view) {
    this.view = view;
    this.factors = new EntityFactors(view.joint());
    int channels = view.windows().channels();
    this.values = new double[channels * NearView.RECORDS];
    this.sums = new double[channels * (NearView.RECORDS + 1)];
    this.window = new double[view.joint().features()];
  }

  /** How many numbers of an entity's adaptation are its own. */
  int floats() {
    return factors.floats();
  }

  /** Writes the start of an adaptation. */
  void begin(float[] numbers, int at) {
    factors.begin(numbers, at);
  }

  /** Scores the newest record of a trace. */
  void score(Trace trace, float[] numbers, int at) {
    trace.unroll(values, NearView.RECORDS);
    view.windows().standardise(values, sums);
    view.windows().cut(view.joint().shape(), values, sums, window);
    view.joint().scale().apply(window, false, NearView.LIMIT);
    factors.score(window, numbers, at);
  }

  /** Reconstruction error of the record scored last, in nats. */
  double reconstruction() {
    return factors.reconstruction();
  }

  /** Its latent part, in nats. */
  double latent() {
    return factors.latent();
  }

  /** Moves the adaptation on by what was scored last. */
  void learn(float[] numbers, int at) {
    factors.learn(window, numbers, at);
  }
}
