package io.kelbo.model;

import io.kelbo.decide.Calibration;
import io.kelbo.decide.LevelNovelty;
import io.kelbo.decide.OddEntities;
import io.kelbo.decide.Reference;
import io.kelbo.record.Fields;
import io.kelbo.score.Temporal;
import org.jspecify.annotations.Nullable;

/**
 * What a model knows of streams beside single records: how they move, how surprising their
 * movements are, and which levels they have had. Immutable.
 *
 * @param reference held-out surprisals, in units of {@link Temporal#usual()}
 * @param near of the near view's held-out scores; fixed, since a short warm-up must not be talked
 *     over. It decides where fewer than five rows for each number of the joint window were learned
 *     from (temporal.md, section 3); else null
 * @param odd entities whose records alone are always a little odd
 */
public record StreamSense(
    Temporal temporal,
    Reference reference,
    LevelNovelty novelty,
    @Nullable Calibration near,
    OddEntities odd) {

  /** Natural logarithm of the smallest surprisal told apart, in units of the usual one. */
  public static final double LOW = -4;

  public static final int BINS = 160;
  public static final double MOST_SHAPE = 0.9;
  public static final int MEMORY = 8000; // records

  /** The same, of other odd entities. */
  StreamSense with(OddEntities others) {
    return new StreamSense(temporal, reference, novelty, near, others);
  }

  /** Whether what it measures are numeric fields among these, each once. */
  boolean fits(Fields fields) {
    int before = -1;
    for (int field : temporal.windows().fields()) {
      if (field <= before || field >= fields.size() || !fields.get(field).numeric()) {
        return false;
      }
      before = field;
    }
    return novelty.channels() == temporal.windows().channels();
  }
}
