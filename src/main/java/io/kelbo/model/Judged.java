package io.kelbo.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the judge has to say of one record: the verdict, and its missing fields filled.
 *
 * @param held what held an alarm back: {@code maintenance}, {@code rule} or {@code feedback}; null
 *     where nothing did
 */
public record Judged(Verdict verdict, List<Imputation> imputations, @Nullable String held) {
  public Judged {
    imputations = List.copyOf(imputations);
  }

  /** Where nothing was held back. */
  public Judged(Verdict verdict, List<Imputation> imputations) {
    this(verdict, imputations, null);
  }
}
