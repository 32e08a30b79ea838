package io.kelbo.bench;

import io.kelbo.backtest.RankQuality;
import io.kelbo.tribuo.KelboTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.anomaly.Event;
import org.tribuo.anomaly.libsvm.LibSVMAnomalyTrainer;
import org.tribuo.anomaly.libsvm.SVMAnomalyType;
import org.tribuo.common.libsvm.KernelType;
import org.tribuo.common.libsvm.SVMParameters;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.transformations.MeanStdDevTransformation;

/**
 * How well Kelbo (tabular) and Tribuo's one-class SVM rank strange rows, as Tribuo trainers on the
 * same rows: made ones always, and the labelled tables beside the project where they are. The first
 * 30 % of the rows train without labels, the rest is scored.
 */
final class QualityBench {
  private static final Path TABLES = Path.of("..", "shared", "data", "tabular");
  // scikit-learn's gamma=scale on standardised columns is 1 over their number; nu is the share of
  // training rows that may lie outside. Stated once for all sets.
  private static final double NU = 0.1;

  private QualityBench() {}

  static void run(boolean json) throws IOException {
    libsvm.svm.svm_set_print_string_function(said -> {}); // standard output is ours
    Map<String, LabelledTable> tables = new LinkedHashMap<>();
    tables.put("made", LabelledTable.made(4000, 12, 1));
    if (Files.isDirectory(TABLES)) {
      try (Stream<Path> files = Files.list(TABLES)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".csv.gz")).sorted().toList()) {
          tables.put(
              file.getFileName().toString().replace(".csv.gz", ""),
              LabelledTable.read(file, "anomaly"));
        }
      }
    }
    List<String> lines = new ArrayList<>();
    double[] sums = new double[4];
    for (Map.Entry<String, LabelledTable> entry : tables.entrySet()) {
      LabelledTable table = entry.getValue();
      int learned = (int) (0.3 * table.rows());
      RankQuality kelbo = ranked(new KelboTrainer(), table, learned, 1);
      // LibSVM's decision value is positive inside.
      RankQuality svm = ranked(oneClass(table.columns()), table, learned, -1);
      double[] figures = {kelbo.rocAuc(), svm.rocAuc(), kelbo.prAuc(), svm.prAuc()};
      for (int i = 0; i < sums.length; i++) {
        sums[i] += figures[i];
      }
      lines.add(line(json, entry.getKey(), figures));
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= tables.size();
    }
    lines.add(line(json, "mean", sums));
    if (json) {
      System.out.println("{" + String.join(", ", lines) + "}");
    } else {
      System.out.printf(
          "%-14s %9s %9s %9s %9s%n", "set", "roc kelbo", "roc svm", "pr kelbo", "pr svm");
      lines.forEach(System.out::println);
    }
  }

  private static Trainer<Event> oneClass(int columns) {
    SVMParameters<Event> parameters =
        new SVMParameters<>(new SVMAnomalyType(SVMAnomalyType.SVMMode.ONE_CLASS), KernelType.RBF);
    parameters.setNu(NU);
    parameters.setGamma(1.0 / columns);
    return new TransformTrainer<>(
        new LibSVMAnomalyTrainer(parameters),
        new TransformationMap(List.of(new MeanStdDevTransformation())));
  }

  private static RankQuality ranked(
      Trainer<Event> trainer, LabelledTable table, int learned, int direction) {
    Model<Event> model = trainer.train(table.examples(0, learned));
    double[] scores = new double[table.rows() - learned];
    boolean[] strange = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = direction * model.predict(table.example(learned + i)).getOutput().getScore();
      strange[i] = table.strange(learned + i);
    }
    return RankQuality.of(scores, strange);
  }

  private static String line(boolean json, String name, double[] figures) {
    return String.format(
        Locale.ROOT,
        json
            ? "\"%s\": {\"kelbo_roc_auc\": %.4f, \"svm_roc_auc\": %.4f, \"kelbo_pr_auc\": %.4f, \"svm_pr_auc\": %.4f}"
            : "%-14s %9.3f %9.3f %9.3f %9.3f",
        name,
        figures[0],
        figures[1],
        figures[2],
        figures[3]);
  }
}
