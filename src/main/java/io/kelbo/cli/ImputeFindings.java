package io.kelbo.cli;

import io.kelbo.impute.Completed;
import io.kelbo.impute.Findings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What filling a table found, for machines and for people. */
final class ImputeFindings {
  private ImputeFindings() {}

  static Map<String, Object> facts(Completed completed) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("rows", completed.rows());
    facts.put("columns", completed.filled().size());
    facts.put("filled_cells", total(completed));
    facts.put("filled", completed.filled());
    Findings findings = completed.findings();
    if (findings != null) {
      facts.put("method", chief(findings));
      facts.put("weights", findings.weights());
      Map<String, Object> heldOut = new LinkedHashMap<>();
      heldOut.put("cells", findings.cells());
      if (findings.cells() > 0) {
        heldOut.put("nrmse", findings.nrmse());
        heldOut.put("coverage_90", findings.coverage());
      }
      facts.put("held_out", heldOut);
    }
    return facts;
  }

  static void print(Completed completed, @Nullable Path out, PrintWriter writer) {
    writer.printf(
        "%,d rows, %,d columns, %,d cells filled.%n",
        completed.rows(), completed.filled().size(), total(completed));
    Findings findings = completed.findings();
    if (findings != null) {
      writer.printf(
          "Models by weight: %s.%n",
          findings.weights().entrySet().stream()
              .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
              .map(entry -> "%s %.0f %%".formatted(entry.getKey(), 100 * entry.getValue()))
              .collect(Collectors.joining(", ")));
      if (findings.cells() > 0) {
        writer.printf(
            "On %,d held-out cells: error %.3f of a column's standard deviation, %.0f %% within their 90 %% interval.%n",
            findings.cells(), findings.nrmse(), 100 * findings.coverage());
      }
    }
    writer.printf("The table is in %s.%n", out);
  }

  private static int total(Completed completed) {
    return completed.filled().values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The model that counts most. */
  private static String chief(Findings findings) {
    return findings.weights().entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow();
  }
}
