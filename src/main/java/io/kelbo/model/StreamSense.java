package io.kelbo.model;

import io.kelbo.decide.LevelNovelty;
import io.kelbo.decide.Reference;
import io.kelbo.score.Temporal;

/**
 * What a model knows of streams beside single records: how they move, how surprising their movements
 * are, and which levels they have had. Immutable.
 *
 * @param reference held-out surprisals, in units of {@link Temporal#usual()}
 * @param decides whether enough was learned for its p-value to take part in decisions: five rows for
 *     each number of the joint window (temporal.md, section 3)
 */
public record StreamSense(
    Temporal temporal, Reference reference, LevelNovelty novelty, boolean decides) {
  /** Natural logarithm of the smallest surprisal told apart, in units of the usual one. */
  public static final double LOW = -4;

  public static final int BINS = 160;
  public static final double MOST_SHAPE = 0.9;
}
