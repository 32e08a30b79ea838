package io.kelbo.train;

import io.kelbo.model.Model;
import java.util.Map;

/** What came of a training. */
public sealed interface Outcome {
  /** One sentence: what was compared and why it ended so. */
  String reason();

  /** The figures compared, by name. */
  Map<String, Double> figures();

  /** The challenger passed the gate and may score. */
  record Promoted(Model model, String reason, Map<String, Double> figures) implements Outcome {
    public Promoted {
      figures = Map.copyOf(figures);
    }
  }

  /** The champion stays. */
  record Rejected(String reason, Map<String, Double> figures) implements Outcome {
    public Rejected {
      figures = Map.copyOf(figures);
    }
  }
}
