package io.kelbo.train;

import io.kelbo.record.InputLayout;
import io.kelbo.record.Run;
import java.util.List;

/** Trains and judges a challenger. A pure function, on one thread; knows no Kafka and no clock. */
public final class Trainer {
  /** Fewer records than this are refused: nothing could be calibrated. */
  public static final int MINIMUM_RECORDS = 50;

  private Trainer() {}

  /**
   * @param runs the sample: any number of runs of any entities, in any order
   */
  public static Outcome train(
      InputLayout layout, List<Run> runs, TrainingSettings settings, Lineage lineage) {
    throw new UnsupportedOperationException();
  }
}
