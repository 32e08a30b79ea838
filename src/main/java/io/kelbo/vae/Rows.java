package io.kelbo.vae;

import java.util.ArrayList;
import java.util.List;

/**
 * Encoded records to learn from: parallel lists of inputs (D), targets (D), masks (H) and weights.
 * Grows while it is built; training only reads it.
 */
public final class Rows {
  private final List<double[]> inputs = new ArrayList<>();
  private final List<double[]> targets = new ArrayList<>();
  private final List<double[]> masks = new ArrayList<>();

  /** Takes copies of a workspace's input, target and mask. */
  public void add(Workspace w) {
    inputs.add(w.input.clone());
    targets.add(w.target.clone());
    masks.add(w.mask.clone());
  }

  public int size() {
    return inputs.size();
  }

  /** (D) what the network reads of a row; not to be written. */
  public double[] input(int row) {
    return inputs.get(row);
  }

  /** (H) which heads a row has; not to be written. */
  public double[] mask(int row) {
    return masks.get(row);
  }

  /** (D) what the network predicts of a row; not to be written. */
  public double[] target(int row) {
    return targets.get(row);
  }

  /** Writes a row into a workspace. */
  public void load(int row, Workspace w) {
    System.arraycopy(inputs.get(row), 0, w.input, 0, w.input.length);
    System.arraycopy(targets.get(row), 0, w.target, 0, w.target.length);
    System.arraycopy(masks.get(row), 0, w.mask, 0, w.mask.length);
  }

  /** The rows at these places, sharing their arrays. */
  public Rows select(int[] places) {
    Rows chosen = new Rows();
    for (int place : places) {
      chosen.inputs.add(inputs.get(place));
      chosen.targets.add(targets.get(place));
      chosen.masks.add(masks.get(place));
    }
    return chosen;
  }
}
