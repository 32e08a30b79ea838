package io.kelbo.topology;

import io.kelbo.model.Imputation;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that came of one record, before anything is stored or sent.
 *
 * @param segment what the record belongs to, whoever judged it
 * @param json the verdict's
 * @param state the entity's new one; null where it stays
 * @param completed the record with its holes filled; null where it had none
 * @param predictions of the targets that it lacks, each as JSON
 * @param sample for the trainer; null mostly
 * @param tally for the trainer; null mostly
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never changed
record Answer(
    String segment,
    Verdict verdict,
    byte[] json,
    byte @Nullable [] state,
    byte @Nullable [] completed,
    List<Imputation> imputations,
    List<byte[]> predictions,
    byte @Nullable [] sample,
    @Nullable Tally tally) {

  /** Where there is nobody to judge. */
  static Answer unjudged(String segment, Arrived arrived) {
    Verdict verdict =
        Verdict.unscored(
            arrived.incoming(), VerdictKind.WARMING_UP, "no model can be read yet", null);
    byte[] json = VerdictJson.write(verdict);
    return new Answer(segment, verdict, json, null, null, List.of(), List.of(), null, null);
  }
}
