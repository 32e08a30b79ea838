package io.kelbo.topology;

import io.kelbo.format.Formats;
import io.kelbo.record.Declared;
import io.kelbo.record.EntityRule;
import io.kelbo.record.Field;
import io.kelbo.record.InputLayout;
import io.kelbo.record.WireForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the scoring application depends on.
 *
 * @param layout how records are read
 * @param late records older than their entity's newest by more than this get {@code late}
 * @param maxBytes larger values are dead letters
 * @param allVerdicts whether every verdict is written, or anomalies only
 * @param lagMax records older than this by the wall clock do not alarm; null for no such bound
 * @param thinning how samples are thinned
 * @param watch over entities that send nothing
 * @param formats how records are written
 * @param repair values whose p given the record's other fields is below are replaced on {@code
 *     imputed}; 0: none
 * @param declared what the user said of the input: of fields that are declared none is added
 */
public record ScoringSettings(
    Topics topics,
    InputLayout layout,
    Duration late,
    int maxBytes,
    boolean allVerdicts,
    @Nullable Duration lagMax,
    Thinning thinning,
    Watch watch,
    Formats formats,
    double repair,
    Declared declared) {

  /** How many segments there may be besides the default. */
  public static final int MOST_SEGMENTS = Segments.MOST;

  /**
   * @param silence an entity is silent after so many times its longest interval of late; 0: never
   * @param forget what has sent nothing for so long is forgotten
   */
  public record Watch(double silence, Duration forget) {}

  /** Reads records: all of them where fields may be added, else only what is known. */
  WireForm form() {
    List<String> known = new ArrayList<>(layout.fields().list().stream().map(Field::name).toList());
    if (layout.entity() instanceof EntityRule.Path path) {
      known.add(path.path());
    }
    if (declared.segment() != null) {
      known.add(declared.segment());
    }
    if (layout.timePath() != null) {
      known.add(layout.timePath());
    }
    return formats.reading(known, !declared.fields().isEmpty(), maxBytes);
  }

  /**
   * @param window how far back the trainer looks, in stream time
   * @param records how many records the trainer keeps
   */
  public record Thinning(long seed, Duration window, int records) {}
}
