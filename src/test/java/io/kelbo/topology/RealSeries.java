package io.kelbo.topology;

import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.record.Declared;
import io.kelbo.record.EntityRule;
import io.kelbo.record.Incoming;
import io.kelbo.record.InputLayout;
import io.kelbo.record.JsonRecords;
import io.kelbo.record.LayoutInference;
import io.kelbo.record.RecordReader;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import io.kelbo.record.UnreadableRecord;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import io.kelbo.train.TrainingSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Rows of the shared evaluation data as JSON records of one server, five minutes apart. */
final class RealSeries {
  static final Path DATA = Path.of(System.getProperty("kelbo.home", "."), "..", "shared", "data");
  static final Duration STEP = Duration.ofMinutes(5);
  static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
  static final byte[] SERVER = "server".getBytes(StandardCharsets.UTF_8);

  private final List<byte[]> rows = new ArrayList<>();
  private final List<Boolean> labels = new ArrayList<>();

  /** Adds the first rows of a file; its labels do not go into the records. */
  RealSeries then(Path file, int most) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      String[] names = lines.readLine().split(",", -1);
      String line = lines.readLine();
      for (int row = 0; row < most && line != null; row++, line = lines.readLine()) {
        String[] cells = line.split(",", -1);
        StringBuilder json = new StringBuilder("{");
        for (int c = 1; c < cells.length - 1; c++) {
          json.append(c > 1 ? "," : "").append('"').append(names[c]).append("\":").append(cells[c]);
        }
        rows.add(json.append('}').toString().getBytes(StandardCharsets.UTF_8));
        labels.add(cells[cells.length - 1].equals("1"));
      }
    }
    return this;
  }

  int size() {
    return rows.size();
  }

  byte[] row(int row) {
    return rows.get(row);
  }

  /** The stretches that people labelled as strange, each from its first row to its last. */
  List<int[]> strange() {
    List<int[]> stretches = new ArrayList<>();
    for (int row = 0; row < labels.size(); row++) {
      if (labels.get(row) && (row == 0 || !labels.get(row - 1))) {
        stretches.add(new int[] {row, row});
      }
      if (labels.get(row)) {
        stretches.get(stretches.size() - 1)[1] = row;
      }
    }
    return stretches;
  }

  static long time(int row) {
    return START.plus(STEP.multipliedBy(row)).toEpochMilli();
  }

  /** What a service learns from the first records. */
  Model firstModel(int records, AlarmBudget budget) throws UnreadableRecord {
    List<Map<String, Object>> flat = new ArrayList<>();
    List<@Nullable String> keys = new ArrayList<>();
    for (int row = 0; row < records; row++) {
      flat.add(JsonRecords.flatten(rows.get(row), 1_000_000));
      keys.add("server");
    }
    InputLayout inferred = LayoutInference.infer(flat, keys, Declared.nothing());
    InputLayout layout = new InputLayout(inferred.fields(), EntityRule.of("key"), null);
    RecordReader reader = new RecordReader(layout, 1_000_000);
    List<Run.Moment> moments = new ArrayList<>();
    for (int row = 0; row < records; row++) {
      Incoming incoming =
          reader.read(
              new Source("plant.telemetry", 0, row),
              SERVER,
              rows.get(row),
              Instant.ofEpochMilli(time(row)));
      moments.add(
          new Run.Moment(incoming.time(), incoming.source(), incoming.observation(), false));
    }
    Outcome first =
        Trainer.train(
            layout,
            List.of(new Run("server", moments)),
            new TrainingSettings(1, budget, false),
            new Lineage(new ModelId("default", 1), START, null, List.of()));
    return ((Outcome.Promoted) first).model();
  }
}
