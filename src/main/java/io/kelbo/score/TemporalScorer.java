package io.kelbo.score;

import io.kelbo.context.Trace;
import io.kelbo.encode.Encoder;
import io.kelbo.encode.WindowScale;
import io.kelbo.encode.WindowShape;
import io.kelbo.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * Surprisal of a record in its stream: the joint view's reconstruction error and latent part, the
 * exemplar views' latent likelihood, and a little of the record alone. Each view is weighed so that
 * its held-out 95 % point counts the same; the sum is in nats of the joint view. One thread's; the
 * results stay readable until the next call.
 */
public final class TemporalScorer {
  private final Temporal temporal;
  private final EntityDrift drift;
  private final @Nullable NearScorer near;
  private final int nearly; // where the near view's numbers begin
  private final double[] values; // (channels, reach)
  private final double[] sums; // (channels, reach + 1)
  private final double[] joint; // (D)
  private final double[][] windows; // one for each exemplar view
  private final float[][] narrow; // the same, as the exemplars are stored
  private final float[] distances;
  private double reconstruction;
  private double latent;
  private double jointScore;

  public TemporalScorer(Temporal temporal) {
    this.temporal = temporal;
    this.drift = new EntityDrift(temporal.joint());
    NearView wide = temporal.near();
    this.near = wide == null ? null : new NearScorer(wide);
    this.nearly = drift.floats();
    int channels = temporal.windows().channels();
    int reach = temporal.windows().reach();
    this.values = new double[channels * reach];
    this.sums = new double[channels * (reach + 1)];
    this.joint = new double[temporal.joint().features()];
    this.windows = new double[temporal.exemplars().size()][];
    this.narrow = new float[windows.length][];
    int most = 0;
    for (int v = 0; v < windows.length; v++) {
      ExemplarView view = temporal.exemplars().get(v);
      windows[v] = new double[view.features()];
      narrow[v] = new float[view.features()];
      most = Math.max(most, view.count());
    }
    this.distances = new float[most];
  }

  /** How many numbers of an entity's adaptation are its own. */
  public int floats() {
    return nearly + (near == null ? 0 : near.floats());
  }

  /** Writes the start of an adaptation: nothing has changed. */
  public void begin(float[] numbers, int at) {
    drift.begin(numbers, at);
    if (near != null) {
      near.begin(numbers, at + nearly);
    }
  }

  /**
   * Scores the newest record of a trace.
   *
   * @param trace over the windows' fields, the record already in it
   * @param pointReconstruction reconstruction error of the record alone, in nats
   * @param pointLatent its latent part, in nats
   */
  public void score(
      Trace trace, double pointReconstruction, double pointLatent, float[] numbers, int at) {
    trace.unroll(values, temporal.windows().reach());
    temporal.windows().standardise(values, sums);
    JointView view = temporal.joint();
    cut(view.shape(), view.scale(), joint);
    jointScore = drift.score(joint, numbers, at);
    double point = Temporal.POINT * view.heldOut() / temporal.pointUsual();
    reconstruction = Temporal.JOINT * drift.reconstruction() + point * pointReconstruction;
    latent = Temporal.JOINT * drift.latent() + point * pointLatent;
    NearView wide = temporal.near();
    if (near != null && wide != null) {
      near.score(trace, numbers, at + nearly);
      double unit =
          Temporal.NEAR
              * Temporal.views(temporal.exemplars())
              * view.heldOut()
              / wide.joint().heldOut();
      reconstruction += unit * near.reconstruction();
      latent += unit * near.latent();
    }
    for (int v = 0; v < windows.length; v++) {
      ExemplarView exemplars = temporal.exemplars().get(v);
      latent += exemplars.weight() * exemplar(v, exemplars) * view.heldOut() / exemplars.heldOut();
    }
  }

  private double exemplar(int v, ExemplarView view) {
    cut(view.shape(), view.scale(), windows[v]);
    for (int i = 0; i < windows[v].length; i++) {
      narrow[v][i] = (float) windows[v][i];
    }
    Kernels.best()
        .squaredDistances(
            narrow[v], 0, narrow[v].length, view.exemplars(), 0, view.count(), distances, 0);
    return Kernels.smallest(distances, view.count()) / narrow[v].length;
  }

  private void cut(WindowShape shape, WindowScale scale, double[] window) {
    temporal.windows().cut(shape, values, sums, window);
    scale.apply(window, shape.centred(), Encoder.SQUASH);
  }

  /** Moves the adaptation on by what was scored last. */
  public void learn(float[] numbers, int at) {
    drift.learn(joint, numbers, at);
    if (near != null) {
      near.learn(numbers, at + nearly);
    }
  }

  /** Surprisal of the record scored last by the near view alone, in nats; NaN without one. */
  public double nearly() {
    return near == null ? Double.NaN : near.reconstruction() + near.latent();
  }

  /** How many residuals the joint view has. */
  public int residuals() {
    return joint.length;
  }

  /** Writes the joint view's residuals of what was scored last, in standard deviations. */
  public void residuals(double[] out, int at) {
    drift.residuals(out, at);
  }

  EntityDrift drift() {
    return drift;
  }

  Temporal temporal() {
    return temporal;
  }

  /** Reconstruction error in nats. */
  public double reconstruction() {
    return reconstruction;
  }

  /** Latent part in nats. */
  public double latent() {
    return latent;
  }

  /** Reconstruction + latent, in nats. */
  public double surprisal() {
    return reconstruction + latent;
  }

  /** (channels, reach) standardised values of what was scored last, the newest last. */
  public double[] values() {
    return values;
  }

  /** (channels, reach + 1) their sums from the left. */
  public double[] sums() {
    return sums;
  }
}
