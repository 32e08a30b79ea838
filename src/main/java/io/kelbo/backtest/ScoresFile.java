package io.kelbo.backtest;

import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes one line a scored row; nothing is left behind unless all of it was written. */
final class ScoresFile implements AutoCloseable {
  private final WholeFile out;
  private final boolean labelled;

  ScoresFile(Path target, @Nullable String label) throws IOException {
    this.labelled = label != null;
    this.out = new WholeFile("--scores", target);
    out.write(
        "timestamp,score,alarm_score,p_value,verdict,episode,reconstruction,latent"
            + (label == null ? "" : "," + quoted(label))
            + "\n");
  }

  /** A row without one known value ranks lowest: score 0, p 1. */
  void add(History.Row row, Verdict verdict) throws IOException {
    boolean scored = verdict.scored();
    out.write(quoted(row.timestamp()));
    out.write("," + number(scored ? verdict.surprisal() : 0));
    out.write("," + number(scored ? verdict.alarmScore() : 0));
    out.write("," + number(scored ? verdict.pValue() : 1));
    out.write("," + verdict.kind().word());
    out.write(",");
    if (verdict.episode() != null && verdict.kind() == VerdictKind.ANOMALY) {
      out.write(quoted(verdict.episode().id()));
    }
    out.write("," + number(scored ? verdict.reconstruction() : 0));
    out.write("," + number(scored ? verdict.latent() : 0));
    if (labelled) {
      out.write("," + (row.label() == null ? "" : row.label()));
    }
    out.write("\n");
  }

  /** Moves the lines into place. */
  void finish() throws IOException {
    out.finish();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static String number(double value) {
    return Double.toString(value);
  }

  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
