package io.kelbo.train;

import io.kelbo.encode.Encoder;
import io.kelbo.model.Model;
import io.kelbo.record.Field;
import io.kelbo.record.Fields;
import io.kelbo.vae.Network;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether a challenger of other fields than the champion's may score: what it has more of cannot be
 * compared, so it must not be worse on hidden values of the fields that both know. Each predicts
 * them from all that it knows.
 */
final class FieldGate {
  private static final int MOST_NAMES = 8; // in a sentence

  private final TrainingRows rows;
  private final int[] newest;
  private final long seed;
  private final Map<String, Double> figures;

  /**
   * @param newest the rows of the newest fifth
   * @param figures every number compared is put here
   */
  FieldGate(TrainingRows rows, int[] newest, long seed, Map<String, Double> figures) {
    this.rows = rows;
    this.newest = newest;
    this.seed = seed;
    this.figures = figures;
  }

  /**
   * Compares.
   *
   * @param encoder the challenger's
   * @param network the challenger's, that did not learn from the newest fifth
   */
  Gate.Finding compare(Model champion, Encoder encoder, Network network) {
    Fields before = champion.layout().fields();
    Fields after = encoder.fields();
    List<String> shared = names(before, after, true);
    String other =
        "the fields are other ones than the champion's (%s)"
            .formatted(changes(names(after, before, false), names(before, after, false)));
    if (shared.isEmpty()) {
      return new Gate.Finding(true, other + ", and none is left to compare");
    }
    double[] old =
        new HeldOut(champion.encoder(), champion.network(), shared)
            .nll(rows.as(before), newest, seed);
    double[] own = new HeldOut(encoder, network, shared).nll(rows, newest, seed);
    Comparison gain = Comparison.of(old, own);
    figures.put("gate_gain", gain.mean());
    figures.put("gate_gain_se", gain.standardError());
    figures.put("gate_rows", (double) newest.length);
    figures.put("gate_fields", (double) shared.size());
    boolean worse = Gate.clearlyWorse(gain);
    String how = worse ? "worse" : Gate.clearlyBetter(gain) ? "better" : "as well";
    return new Gate.Finding(
        !worse,
        "%s; hidden values of the %d that both have (%s) are predicted %s on the newest fifth (%s)"
            .formatted(other, shared.size(), listed(shared), how, gain));
  }

  /** The names of some fields that others have too, of the same kind, or have not. */
  private static List<String> names(Fields fields, Fields others, boolean there) {
    return fields.list().stream()
        .filter(field -> others.knows(field) == there)
        .map(Field::name)
        .toList();
  }

  private static String changes(List<String> gained, List<String> lost) {
    if (gained.isEmpty() && lost.isEmpty()) {
      return "by their order or roles";
    }
    String more = gained.isEmpty() ? "" : "more: " + listed(gained);
    String fewer = lost.isEmpty() ? "" : "no longer: " + listed(lost);
    return more + (more.isEmpty() || fewer.isEmpty() ? "" : "; ") + fewer;
  }

  private static String listed(List<String> names) {
    String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    int left = names.size() - MOST_NAMES;
    return left > 0 ? "%s and %d more".formatted(first, left) : first;
  }
}
