package io.kelbo.cli;

import io.kelbo.backtest.DoubtedCells;
import io.kelbo.impute.Completed;
import io.kelbo.impute.Findings;
import io.kelbo.impute.Imputation;
import io.kelbo.kernel.Kernels;
import io.kelbo.record.Value;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What filling a table found, for machines and for people. */
final class ImputeFindings {
  private static final int SHOWN = 10;

  private final Completed completed;
  private final @Nullable List<DoubtedCells.Cell> repaired;

  /**
   * @param repaired cells that were doubted and replaced; null where nobody asked
   */
  ImputeFindings(Completed completed, @Nullable List<DoubtedCells.Cell> repaired) {
    this.completed = completed;
    this.repaired = repaired;
  }

  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("rows", completed.rows());
    facts.put("columns", completed.filled().size());
    facts.put("filled_cells", total());
    facts.put("filled", completed.filled());
    if (repaired != null) {
      facts.put("repaired_cells", repaired.size());
      facts.put("repaired", repaired.stream().map(this::fact).toList());
    }
    Findings findings = completed.findings();
    if (findings != null) {
      facts.put("method", chief(findings));
      facts.put("weights", findings.weights());
      facts.put("left_out", findings.leftOut());
      Map<String, Object> heldOut = new LinkedHashMap<>();
      heldOut.put("cells", findings.cells());
      if (findings.cells() > 0) {
        heldOut.put("nrmse", findings.nrmse());
        heldOut.put("coverage_90", findings.coverage());
      }
      facts.put("held_out", heldOut);
      facts.put("interval_level", 0.9);
      facts.put("interval_standard_deviations", Imputation.Z90);
      facts.put("kernels", Kernels.reason());
    }
    return facts;
  }

  private Map<String, Object> fact(DoubtedCells.Cell cell) {
    Map<String, Object> fact = new LinkedHashMap<>();
    fact.put("row", cell.row() + 1);
    fact.put("column", cell.column());
    fact.put("was", cell.was() instanceof Value.Number number ? number.number() : "" + cell.was());
    fact.put("now", completed.value(cell.row(), cell.column()));
    fact.put("p", cell.p());
    return fact;
  }

  void print(@Nullable Path out, PrintWriter writer) {
    writer.printf(
        "%,d rows, %,d columns, %,d cells filled.%n",
        completed.rows(), completed.filled().size(), total());
    if (repaired != null) {
      writer.printf(
          "%,d of them were there, and unlikely given the rest of their rows", repaired.size());
      writer.println(repaired.isEmpty() ? "." : ":");
      repaired.stream()
          .limit(SHOWN)
          .forEach(
              cell ->
                  writer.printf(
                      "  row %d, %s: %s became %s (p = %.2g)%n",
                      cell.row() + 1,
                      cell.column(),
                      cell.was(),
                      completed.value(cell.row(), cell.column()),
                      cell.p()));
      if (repaired.size() > SHOWN) {
        writer.printf("  and %,d more; --json names all.%n", repaired.size() - SHOWN);
      }
    }
    Findings findings = completed.findings();
    if (findings != null) {
      writer.printf(
          "Models by weight: %s.%n",
          findings.weights().entrySet().stream()
              .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
              .map(entry -> "%s %.0f %%".formatted(entry.getKey(), 100 * entry.getValue()))
              .collect(Collectors.joining(", ")));
      findings.leftOut().forEach((name, why) -> writer.printf("Not tried: %s, %s.%n", name, why));
      if (findings.cells() > 0) {
        writer.printf(
            "On %,d held-out cells: error %.3f of a column's standard deviation, %.0f %% within their 90 %% interval (%.3f standard deviations to each side).%n",
            findings.cells(), findings.nrmse(), 100 * findings.coverage(), Imputation.Z90);
      }
    }
    writer.printf("The table is in %s.%n", out);
  }

  private int total() {
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
