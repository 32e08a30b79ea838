package io.kelbo.cli;

import io.kelbo.backtest.BacktestResult;
import io.kelbo.model.Model;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a backtest found, for machines and for people. */
final class BacktestFindings {
  private BacktestFindings() {}

  static Map<String, Object> facts(BacktestResult result) {
    Model model = result.model();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("rows", result.rows());
    facts.put("scored", result.scored());
    facts.put("anomalies", result.anomalies());
    facts.put("episodes", result.episodes());
    facts.put("imputed_cells", result.imputed());
    facts.put("models", result.models());
    facts.put("method", model.provenance().method());
    facts.put("fields", model.layout().fields().size());
    facts.put("threshold_p", model.thresholdP());
    BacktestResult.Labelled labelled = result.labelled();
    if (labelled != null) {
      facts.put("true_positives", labelled.truePositives());
      facts.put("false_positives", labelled.falsePositives());
      facts.put("false_negatives", labelled.falseNegatives());
      facts.put("true_negatives", labelled.trueNegatives());
      facts.put("f1", labelled.f1());
    }
    return facts;
  }

  static void print(BacktestResult result, @Nullable Path scores, PrintWriter out) {
    out.printf(
        "%,d rows, %,d scored by %s: %,d anomalies in %,d episodes, %,d missing cells filled.%n",
        result.rows(),
        result.scored(),
        result.models() == 1 ? "one model" : result.models() + " models",
        result.anomalies(),
        result.episodes(),
        result.imputed());
    out.printf(
        "Method %s; a record is an anomaly below p = %.3g.%n",
        result.model().provenance().method(), result.model().thresholdP());
    BacktestResult.Labelled labelled = result.labelled();
    if (labelled != null) {
      out.printf(
          "Against the labels: %,d true and %,d false positives, %,d missed; F1 %.3f.%n",
          labelled.truePositives(),
          labelled.falsePositives(),
          labelled.falseNegatives(),
          labelled.f1());
    }
    if (scores != null) {
      out.printf("Scores are in %s.%n", scores);
    }
  }
}
