package io.kelbo.model;

import java.util.List;

/** All that the judge has to say of one record: the verdict, and its missing fields filled. */
public record Judged(Verdict verdict, List<Imputation> imputations) {
  public Judged {
    imputations = List.copyOf(imputations);
  }
}
