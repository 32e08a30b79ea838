package io.kelbo.impute;

import io.kelbo.record.NumberText;
import io.kelbo.table.BadTable;
import io.kelbo.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A column told from the others: regression and classification as filling that column's holes by
 * the joint model. Columns of names, times and free text tell nothing and are left out.
 */
public final class Prediction {
  private final PredictOptions options;
  private final Consumer<String> progress;
  private final Table table;
  private final Table train;
  private final int target; // its column in the table learned from
  private final List<String> names = new ArrayList<>(); // of the columns that tell
  private final List<Column> columns = new ArrayList<>();
  private final boolean[] asked; // (rows)
  private final Map<String, Object> facts = new LinkedHashMap<>();

  private Prediction(PredictOptions options, Consumer<String> progress) throws BadTable {
    this.options = options;
    this.progress = progress;
    this.table = Table.read(options.file());
    this.train = options.train() == null ? table : Table.read(options.train());
    this.target = train.header().indexOf(options.target());
    if (target < 0) {
      throw new BadTable(
          "%s: there is no column '%s' to learn; the columns are %s"
              .formatted(train.file(), options.target(), Table.shown(train.header())));
    }
    this.asked = asked();
    tell();
  }

  /**
   * Learns from the rows that know the target, and predicts it for those that do not, or for all
   * rows of a table of its own.
   *
   * @param progress told what is being done, for people
   * @throws BadTable if a file cannot be used; the message names file, line and column
   */
  public static Predicted run(PredictOptions options, Consumer<String> progress) throws BadTable {
    Prediction prediction = new Prediction(options, progress);
    Target target = Target.learn(prediction.train, prediction.target, options.named());
    Predicted.requireFreeNames(
        prediction.table,
        options.target(),
        target instanceof Target.Classes classes ? classes.classes() : List.of());
    return target instanceof Target.Classes classes
        ? prediction.classes(classes)
        : prediction.value(((Target.Number) target).column());
  }

  private boolean[] asked() throws BadTable {
    boolean[] rows = new boolean[table.rows()];
    int count = 0;
    for (int r = 0; r < rows.length; r++) {
      rows[r] = table != train || NumberText.missing(table.cell(r, target));
      count += rows[r] ? 1 : 0;
    }
    if (count == 0) {
      throw new BadTable(
          "%s: column '%s' has a value in every row, so there is nothing to predict; empty the cells you ask about, or give the known rows with --train"
              .formatted(table.file(), options.target()));
    }
    facts.put("target", options.target());
    facts.put("rows", rows.length);
    facts.put("predicted", count);
    return rows;
  }

  /** Finds the columns that may tell something. */
  private void tell() throws BadTable {
    List<String> silent = new ArrayList<>();
    for (int c = 0; c < train.columns(); c++) {
      if (c == target) {
        continue;
      }
      String name = train.header().get(c);
      if (!table.header().contains(name)) {
        throw new BadTable(
            "%s: column '%s' of %s is missing; give both the same columns"
                .formatted(table.file(), name, train.file()));
      }
      Column column = ColumnLearning.learn(train, c);
      if (column.width() == 0) {
        silent.add(name);
      } else {
        names.add(name);
        columns.add(column);
      }
    }
    for (String name : table.header()) {
      if (!train.header().contains(name)) {
        silent.add(name);
      }
    }
    if (names.isEmpty()) {
      throw new BadTable(
          "%s: no column besides '%s' varies as numbers, flags or categories do, so none tells anything of it"
              .formatted(train.file(), options.target()));
    }
    facts.put("told_by", names.size());
    facts.put("not_used", silent);
  }

  private int[] places(Table of, boolean withTarget) {
    IntStream features = names.stream().mapToInt(of.header()::indexOf);
    return (withTarget
            ? IntStream.concat(IntStream.of(of.header().indexOf(options.target())), features)
            : features)
        .toArray();
  }

  private Predicted value(Column.Quantity column) throws BadTable {
    List<Column> all = new ArrayList<>(columns);
    all.add(0, column);
    Layout layout = new Layout(all);
    Grid learned = layout.grid(train, places(train, true));
    int[] from = places(table, true);
    from[0] = -1;
    Grid unknown = layout.grid(table, from);
    int[] block = Blocks.of(learned, layout.owners(), options.seed()).get(0); // the target's
    Imputer imputer =
        ImputerLearning.learn(
            learned.part(block), 0, Candidate.MOST_WORK, options.seed(), progress);
    Filled filled = imputer.fill(unknown.part(block));
    double[] truth = new double[table.rows()];
    double[] value = new double[table.rows()];
    double[] sd = new double[table.rows()];
    double[][] answers = new double[table.rows()][];
    int known = table.header().indexOf(options.target());
    for (int r = 0; r < answers.length; r++) {
      value[r] = column.raw(filled.mean[r][0]);
      sd[r] = Math.min(Double.MAX_VALUE, Math.sqrt(filled.variance[r][0]) * column.sd());
      double number = known < 0 || !asked[r] ? Double.NaN : NumberText.parse(table.cell(r, known));
      truth[r] = Double.isFinite(number) ? number : Double.NaN;
      answers[r] = asked[r] ? new double[] {value[r], sd[r]} : new double[0];
    }
    Findings findings = imputer.findings();
    Map<String, Object> heldOut = new LinkedHashMap<>();
    heldOut.put("rows", findings.cells());
    if (findings.cells() > 0) {
      heldOut.put("rmse", findings.nrmse() * column.sd());
      heldOut.put("coverage_90", findings.coverage());
    }
    return answered(
        List.of(), answers, findings.weights(), heldOut, TargetQuality.ofValues(truth, value, sd));
  }

  private Predicted classes(Target.Classes target) throws BadTable {
    Layout layout = new Layout(columns);
    Grid learned = layout.grid(train, places(train, false));
    Grid unknown = layout.grid(table, places(table, false));
    int[] block = block(layout, learned, target);
    int[] rows = ClassLearning.sample(train.rows(), options.seed());
    int[] labels = labels(target, train, this.target);
    ClassLearning.Learned known =
        new ClassLearning(target.classes().size(), options.seed(), progress)
            .learn(
                learned.part(block).rows(rows), Arrays.stream(rows).map(r -> labels[r]).toArray());
    double[][] chances = known.chances(unknown.part(block));
    int[] truth = labels(target, table, table.header().indexOf(options.target()));
    double[][] answers = new double[table.rows()][];
    for (int r = 0; r < answers.length; r++) {
      answers[r] = asked[r] ? chances[r] : new double[0];
      truth[r] = asked[r] ? truth[r] : -1;
    }
    return answered(
        target.classes(),
        answers,
        known.weights(),
        TargetQuality.ofClasses(Arrays.stream(rows).map(r -> labels[r]).toArray(), known.heldOut()),
        TargetQuality.ofClasses(truth, chances));
  }

  /** The columns that go with the classes, as many as one model takes. */
  private int[] block(Layout layout, Grid features, Target.Classes target) {
    int[] labels = labels(target, train, this.target);
    int[] owners = layout.owners();
    double[][] values = new double[features.rows][];
    boolean[][] known = new boolean[features.rows][];
    int[] shifted = new int[owners.length + 1];
    shifted[0] = -1;
    System.arraycopy(owners, 0, shifted, 1, owners.length);
    for (int r = 0; r < values.length; r++) {
      values[r] = new double[owners.length + 1];
      known[r] = new boolean[owners.length + 1];
      System.arraycopy(features.values[r], 0, values[r], 1, owners.length);
      System.arraycopy(features.known[r], 0, known[r], 1, owners.length);
      known[r][0] = labels[r] >= 0;
      values[r][0] = labels[r] == 0 ? 1 : -1;
    }
    int[] block = Blocks.of(new Grid(values, known), shifted, options.seed()).get(0);
    int[] places = Arrays.stream(block).filter(j -> j > 0).map(j -> j - 1).toArray();
    return places.length == 0 ? IntStream.range(0, owners.length).toArray() : places;
  }

  private static int[] labels(Target.Classes target, Table of, int column) {
    return column < 0
        ? IntStream.range(0, of.rows()).map(r -> -1).toArray()
        : IntStream.range(0, of.rows()).map(r -> target.of(of.cell(r, column))).toArray();
  }

  private Predicted answered(
      List<String> classes,
      double[][] answers,
      Map<String, Double> weights,
      Map<String, Object> heldOut,
      Map<String, Object> known) {
    facts.put("kind", classes.isEmpty() ? "value" : "class");
    if (!classes.isEmpty()) {
      facts.put("classes", classes);
    }
    facts.put("weights", weights);
    facts.put("held_out", heldOut);
    if (!Integer.valueOf(0).equals(known.get("rows"))) {
      facts.put("known", known);
    }
    return new Predicted(table, options.target(), classes, answers, facts);
  }
}
