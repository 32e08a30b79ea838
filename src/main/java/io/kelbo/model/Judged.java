package io.kelbo.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the judge has to say of one record: the verdict, its missing fields filled, its missing
 * targets told.
 *
 * @param held what held an alarm back: {@code maintenance}, {@code rule} or {@code feedback}; null
 *     where nothing did
 */
public record Judged(
    Verdict verdict,
    List<Imputation> imputations,
    List<Prediction> predictions,
    @Nullable String held) {
  public Judged {
    imputations = List.copyOf(imputations);
    predictions = List.copyOf(predictions);
  }

  /** Where nothing was filled, told or held back. */
  public Judged(Verdict verdict) {
    this(verdict, List.of(), List.of(), null);
  }
}
