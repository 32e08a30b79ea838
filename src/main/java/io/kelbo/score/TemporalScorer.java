package io.kelbo.score;

import io.kelbo.context.Trace;
import io.kelbo.encode.Encoder;
import io.kelbo.encode.WindowScale;
import io.kelbo.encode.WindowShape;
import io.kelbo.kernel.Kernels;
import io.kelbo.kernel.References;
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
  private final double[] values; // (reach, channels)
  private final double[] sums; // (reach + 1, channels)
  private final double[] joint; // (D)
  private final double[][] windows; // one for each exemplar view
  private final References[] exemplars;
  private final float[][] narrow; // the same, as the exemplars are stored
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
    this.exemplars = new References[windows.length];
    this.narrow = new float[windows.length][];
    for (int v = 0; v < windows.length; v++) {
      ExemplarView view = temporal.exemplars().get(v);
      windows[v] = new double[view.features()];
      exemplars[v] = References.byCoordinate(view.exemplars(), view.features());
      narrow[v] = new float[view.features()];
    }
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
      ExemplarView form = temporal.exemplars().get(v);
      latent += form.weight() * exemplar(v, form) * view.heldOut() / form.heldOut();
    }
  }

  private double exemplar(int v, ExemplarView view) {
    cut(view.shape(), view.scale(), windows[v]);
    Kernels.best().narrow(windows[v], 0, windows[v].length, narrow[v], 0);
    return exemplars[v].squaredDistance(narrow[v]) / narrow[v].length;
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

  /** (reach, channels) standardised values of what was scored last, the newest last. */
  public double[] values() {
    return values;
  }

  /** (reach + 1, channels) their sums over time. */
  public double[] sums() {
    return sums;
  }
}
