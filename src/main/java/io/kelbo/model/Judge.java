package io.kelbo.model;

import io.kelbo.context.EntityState;
import io.kelbo.record.Incoming;
import java.time.Duration;

/** One thread's hand on one model: scores, decides, explains, fills. Not for sharing. */
public final class Judge {
  /**
   * @param late records older than the entity's newest by more than this are not scored
   */
  public Judge(Model model, Duration late) {
    throw new UnsupportedOperationException();
  }

  /**
   * Judges a record and moves the entity's state forward; the caller stores the state afterwards.
   */
  public Judged judge(Incoming incoming, EntityState state) {
    throw new UnsupportedOperationException();
  }
}
