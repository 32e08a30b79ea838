package io.kelbo.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.anomaly.AnomalyFactory;
import org.tribuo.anomaly.Event;
import org.tribuo.anomaly.Event.EventType;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Numbers with labels, as Tribuo's examples; the labels stay outside of them. */
final class LabelledTable {
  private static final Event UNLABELLED = new Event(EventType.EXPECTED);

  private final String[] names;
  private final List<double[]> values = new ArrayList<>();
  private final List<Boolean> strange = new ArrayList<>();

  private LabelledTable(String[] names) {
    this.names = names;
  }

  /**
   * Columns that mix three hidden loads, with noise; in 2 % of the rows one column takes the value
   * it has in another row: usual by itself, but not beside the others.
   */
  static LabelledTable made(int rows, int columns, long seed) {
    Random random = new Random(seed);
    double[][] mix = new double[columns][3];
    String[] names = new String[columns];
    for (int j = 0; j < columns; j++) {
      names[j] = "column-" + j;
      for (int l = 0; l < 3; l++) {
        mix[j][l] = random.nextGaussian();
      }
    }
    LabelledTable table = new LabelledTable(names);
    for (int i = 0; i < rows; i++) {
      double[] row = mixed(mix, random);
      boolean fault = random.nextInt(50) == 0;
      if (fault) {
        int j = random.nextInt(columns);
        row[j] = mixed(mix, random)[j];
      }
      table.values.add(row);
      table.strange.add(fault);
    }
    return table;
  }

  private static double[] mixed(double[][] mix, Random random) {
    double[] load = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
    double[] row = new double[mix.length];
    for (int j = 0; j < row.length; j++) {
      row[j] = 0.3 * random.nextGaussian();
      for (int l = 0; l < load.length; l++) {
        row[j] += mix[j][l] * load[l];
      }
    }
    return row;
  }

  /** A gzipped CSV of numbers: {@code timestamp}, which is left out, columns, labels last. */
  static LabelledTable read(Path file, String label) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      String[] header = lines.readLine().split(",", -1);
      int last = header.length - 1;
      if (!header[0].equals("timestamp") || !header[last].equals(label)) {
        throw new IOException(
            "%s begins with '%s' and ends with '%s' but must with timestamp and %s"
                .formatted(file, header[0], header[last], label));
      }
      String[] names = new String[last - 1];
      System.arraycopy(header, 1, names, 0, names.length);
      LabelledTable table = new LabelledTable(names);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",", -1);
        double[] row = new double[names.length];
        for (int j = 0; j < row.length; j++) {
          row[j] = Double.parseDouble(cells[j + 1]);
        }
        table.values.add(row);
        table.strange.add(Double.parseDouble(cells[last]) == 1);
      }
      return table;
    }
  }

  int rows() {
    return values.size();
  }

  int columns() {
    return names.length;
  }

  boolean strange(int row) {
    return strange.get(row);
  }

  /** (columns) the values of a row; it says nothing of its label. */
  double[] row(int row) {
    return values.get(row).clone();
  }

  /** One row; it says nothing of its label. */
  Example<Event> example(int row) {
    return new ArrayExample<>(UNLABELLED, names, values.get(row));
  }

  /** Rows {@code from} to {@code to}, exclusive. */
  MutableDataset<Event> examples(int from, int to) {
    List<Example<Event>> examples = new ArrayList<>();
    for (int i = from; i < to; i++) {
      examples.add(example(i));
    }
    AnomalyFactory events = new AnomalyFactory();
    return new MutableDataset<>(examples, new SimpleDataSourceProvenance("table", events), events);
  }
}
