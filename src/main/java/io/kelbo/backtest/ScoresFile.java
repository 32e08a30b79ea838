package io.kelbo.backtest;

import io.kelbo.model.Episode;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import io.kelbo.table.BadTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one line a scored row; nothing is left behind unless all of it was written. */
final class ScoresFile implements AutoCloseable {
  private static final List<String> COLUMNS =
      List.of(
          "timestamp",
          "score",
          "alarm_score",
          "p_value",
          "verdict",
          "episode",
          "reconstruction",
          "latent");

  private final WholeFile out;
  private final boolean labelled;

  /**
   * @throws BadTable if the label's column has the name of one that is written anyway
   */
  ScoresFile(Path target, @Nullable String label) throws BadTable, IOException {
    if (label != null && COLUMNS.contains(label)) {
      throw new BadTable(
          "--label names column '%s', but --scores writes a column of that name itself; rename it"
              .formatted(label));
    }
    this.labelled = label != null;
    this.out = new WholeFile("--scores", target);
    out.write(String.join(",", COLUMNS) + (label == null ? "" : "," + quoted(label)) + "\n");
  }

  /** A row without one known value ranks lowest: score 0, p 1. */
  void add(History.Row row, Verdict verdict) throws IOException {
    boolean scored = verdict.scored();
    Episode episode = verdict.kind() == VerdictKind.ANOMALY ? verdict.episode() : null;
    StringBuilder line = new StringBuilder(quoted(row.timestamp()));
    line.append(',').append(scored ? verdict.surprisal() : 0.0);
    line.append(',').append(scored ? verdict.alarmScore() : 0.0);
    line.append(',').append(scored ? verdict.pValue() : 1.0);
    line.append(',').append(verdict.kind().word());
    line.append(',').append(episode == null ? "" : quoted(episode.id()));
    line.append(',').append(scored ? verdict.reconstruction() : 0.0);
    line.append(',').append(scored ? verdict.latent() : 0.0);
    if (labelled) {
      line.append(',').append(row.label() == null ? "" : row.label());
    }
    out.write(line.append('\n').toString());
  }

  /** Moves the lines into place. */
  void finish() throws IOException {
    out.finish();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
