package io.kelbo.cli;

import io.kelbo.backtest.BacktestResult;
import io.kelbo.kernel.Kernels;
import io.kelbo.model.Model;
import io.kelbo.record.LayoutInference;
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
      figure(facts, "precision", labelled.precision());
      figure(facts, "recall", labelled.recall());
      figure(facts, "event_recall", labelled.eventRecall());
      figure(facts, "pr_auc", labelled.ranking().prAuc());
      figure(facts, "roc_auc", labelled.ranking().rocAuc());
      figure(facts, "vus_pr", labelled.ranges().vusPr());
      figure(facts, "vus_roc", labelled.ranges().vusRoc());
      if (labelled.unranked() != null) {
        facts.put("unranked", labelled.unranked());
      }
    }
    Map<String, String> leftOut = new LinkedHashMap<>();
    result.leftOut().forEach(out -> leftOut.put(out.path(), out.reason()));
    facts.put("left_out", leftOut);
    facts.put("windows_over_time", model.stream() != null);
    facts.put("kernels", Kernels.reason());
    return facts;
  }

  /** A figure that does not apply, such as a precision without anomalies, is left out. */
  private static void figure(Map<String, Object> facts, String name, double value) {
    if (!Double.isNaN(value)) {
      facts.put(name, value);
    }
  }

  static void print(
      BacktestResult result, @Nullable Path scores, @Nullable Path report, PrintWriter out) {
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
      if (labelled.events() > 0) {
        out.printf(
            "%,d of %,d labelled events have an anomaly in them.%n",
            labelled.eventsFound(), labelled.events());
      }
      ranking(labelled, out);
    }
    if (result.model().alone() != null) {
      out.printf("Beware: %s.%n", result.model().alone());
    }
    for (LayoutInference.LeftOut left : result.leftOut()) {
      out.printf("Column '%s' is not used: %s.%n", left.path(), left.reason());
    }
    if (report != null) {
      out.printf("The report is in %s.%n", report);
    }
    if (scores != null) {
      out.printf("Scores are in %s.%n", scores);
    }
  }

  private static void ranking(BacktestResult.Labelled labelled, PrintWriter out) {
    if (labelled.unranked() != null) {
      out.printf("No ranking: %s.%n", labelled.unranked());
      return;
    }
    out.printf(
        "The score's ranking: PR-AUC %.3f, ROC-AUC %.3f, VUS-PR %.3f, VUS-ROC %.3f.%n",
        labelled.ranking().prAuc(),
        labelled.ranking().rocAuc(),
        labelled.ranges().vusPr(),
        labelled.ranges().vusRoc());
  }
}
