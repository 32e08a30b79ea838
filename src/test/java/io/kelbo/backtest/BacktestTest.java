package io.kelbo.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.record.FieldKind;
import io.kelbo.table.BadTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestTest {
  @TempDir private Path folder;
  private Csv csv;

  @BeforeEach
  void makeFolder() {
    csv = new Csv(folder);
  }

  private static BacktestResult run(BacktestOptions options) throws BadTable, IOException {
    return Backtest.run(options, rows -> {});
  }

  private static boolean strange(int i) {
    return i >= 450 && i % 50 == 0;
  }

  /** The scores without the label's column. */
  private static List<String> figures(Path scores) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(scores)) {
      lines.add(line.substring(0, line.lastIndexOf(',')));
    }
    return lines;
  }

  @Test
  void shouldScoreWhatItDidNotLearnFromAndCountAgainstTheLabels() throws Exception {
    Path file = csv.write("a.csv", Csv.rows(0, 900, BacktestTest::strange, BacktestTest::strange));
    Path out = csv.out("scores.csv");

    BacktestResult result = run(Csv.options(file, null, 400, "label", out));

    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSize(501);
    assertThat(lines.get(0))
        .isEqualTo(
            "timestamp,score,alarm_score,p_value,verdict,episode,reconstruction,latent,label");
    assertThat(lines.get(1)).startsWith("2026-11-22 08:06:40,").endsWith(",0");
    assertThat(lines.get(51)).contains(",anomaly,a.csv/0/450,").endsWith(",1");
    assertThat(result.rows()).isEqualTo(900);
    assertThat(result.scored()).isEqualTo(500);
    assertThat(result.models()).isEqualTo(1);
    BacktestResult.Labelled labelled = java.util.Objects.requireNonNull(result.labelled());
    assertThat(labelled.truePositives()).isEqualTo(9);
    assertThat(labelled.falseNegatives()).isZero();
    assertThat(labelled.falsePositives()).isLessThan(17 * 9); // a window's echo after each
    assertThat(labelled.trueNegatives() + labelled.falsePositives()).isEqualTo(491);
    assertThat(labelled.events()).isEqualTo(9);
    assertThat(labelled.eventsFound()).isEqualTo(9);
    assertThat(labelled.recall()).isEqualTo(1);
    assertThat(labelled.ranking().rocAuc()).isGreaterThan(0.95);
    assertThat(labelled.ranges().vusRoc()).isGreaterThan(0.95);
    assertThat(labelled.unranked()).isNull();
    assertThat(result.anomalies()).isEqualTo(labelled.truePositives() + labelled.falsePositives());
  }

  @Test
  void shouldWriteTheSameBytesTwice() throws Exception {
    Path file = csv.write("a.csv", Csv.rows(0, 900, BacktestTest::strange, i -> false));

    run(Csv.options(file, null, 400, "label", csv.out("one.csv")));
    run(Csv.options(file, null, 400, "label", csv.out("two.csv")));

    assertThat(csv.out("one.csv")).hasSameBinaryContentAs(csv.out("two.csv"));
  }

  @Test
  void shouldNeverReadTheLabels() throws Exception {
    Path right =
        csv.write("r/a.csv", Csv.rows(0, 900, BacktestTest::strange, BacktestTest::strange));
    Path wrong = csv.write("w/a.csv", Csv.rows(0, 900, BacktestTest::strange, i -> i % 2 == 0));

    run(Csv.options(right, null, 400, "label", csv.out("right.csv")));
    run(Csv.options(wrong, null, 400, "label", csv.out("wrong.csv")));

    assertThat(figures(csv.out("right.csv"))).isEqualTo(figures(csv.out("wrong.csv")));
    assertThat(csv.out("right.csv").toFile()).isNotEmpty();
    assertThat(Files.readAllLines(csv.out("right.csv")))
        .isNotEqualTo(Files.readAllLines(csv.out("wrong.csv")));
  }

  @Test
  void shouldScoreEveryRowOfAFileThatHasTheNameOfTheOneLearnedFrom() throws Exception {
    String text = Csv.rows(0, 500, i -> false, i -> false);
    Path train = csv.write("train/a.csv", text);
    Path test = csv.write("test/a.csv", text);

    BacktestResult result = run(Csv.options(test, train, 0, "label", csv.out("s.csv")));

    assertThat(result.scored()).isEqualTo(500);
    assertThat(Files.readAllLines(csv.out("s.csv"))).hasSize(501);
    assertThat(run(Csv.options(train, train, 0, "label", null)).scored()).isEqualTo(500);
  }

  @Test
  void shouldTakeATrainingFileWithoutLabels() throws Exception {
    String text = Csv.rows(0, 500, i -> false, i -> false);
    Path train = csv.write("train.csv", text.replaceAll(",(label|0)\n", "\n"));
    Path test = csv.write("test.csv", text);

    BacktestResult result = run(Csv.options(test, train, 0, "label", null));

    assertThat(result.scored()).isEqualTo(500);
  }

  @Test
  void shouldLearnAnewAfterRowsAndAfterTime() throws Exception {
    Path file = csv.write("a.csv", Csv.rows(0, 1000, i -> false, i -> false));

    BacktestResult rows =
        run(
            Csv.options(
                List.of(file), null, 400, Retraining.of("250"), "at", "label", csv.out("r.csv")));
    BacktestResult time =
        run(
            Csv.options(
                List.of(file),
                null,
                400,
                Retraining.of("PT250S"),
                "at",
                "label",
                csv.out("t.csv")));

    assertThat(rows.models()).isBetween(2, 3);
    assertThat(rows.model().id().version()).isEqualTo(rows.models());
    assertThat(csv.out("r.csv")).hasSameBinaryContentAs(csv.out("t.csv")); // one row a second
  }

  @Test
  void shouldReadTheSameTableHoweverItIsWritten() throws Exception {
    String text = Csv.rows(0, 300, i -> i == 250, i -> false);
    List<Path> files =
        List.of(
            csv.write("1/a.csv", text),
            csv.write("2/a.csv", text.replace(',', ';')),
            csv.write("3/a.csv", text.replace(',', '\t')),
            csv.write("4/a.csv", text.replace("\n", "\r\n")),
            csv.write("5/a.csv", "\uFEFF" + text),
            csv.write("6/a.csv", Csv.gzip("\uFEFF" + text)),
            csv.write("7/a.csv", text.strip()),
            csv.write("8/a.csv", text.replaceAll("(?m)^([^,]+),", "\"$1\",")),
            csv.write("9/a.csv", text + "\n\n"));
    List<List<String>> scores = new ArrayList<>();
    for (Path file : files) {
      Path out = csv.out("scores.csv");
      run(Csv.options(file, null, 200, "label", out));
      scores.add(Files.readAllLines(out));
    }

    assertThat(scores).allSatisfy(lines -> assertThat(lines).isEqualTo(scores.get(0)));
    assertThat(scores.get(0)).hasSize(101);
  }

  @Test
  void shouldFillHolesAndCountThem() throws Exception {
    String[] lines = Csv.rows(0, 300, i -> false, i -> false).split("\n");
    for (int i = 210; i < 300; i += 10) {
      String hole = List.of("", "NaN", "null").get(i / 10 % 3);
      lines[i] = lines[i].replaceAll(",[^,]*(,.)$", "," + hole + "$1");
    }
    Path file = csv.write("a.csv", String.join("\n", lines));

    BacktestResult result = run(Csv.options(file, null, 200, "label", csv.out("s.csv")));

    assertThat(result.imputed()).isEqualTo(9);
    assertThat(Files.readString(csv.out("s.csv"))).doesNotContain("NaN");
  }

  @Test
  void shouldTakeZerosAndOnesForFlagsHoweverTheyAreWritten() throws Exception {
    StringBuilder whole = new StringBuilder("speed,open\n");
    StringBuilder points = new StringBuilder("speed,open\n");
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      double speed = random.nextGaussian();
      boolean open = random.nextInt(4) == 0;
      whole.append(speed).append(open ? ",1\n" : ",0\n");
      points.append(speed).append(open ? ",1.0\n" : ",0.0\n");
    }
    List<List<String>> scores = new ArrayList<>();
    for (StringBuilder text : List.of(whole, points)) {
      Path file = csv.write("flags.csv", text.toString());
      Path out = csv.out("flags.scores.csv");
      BacktestResult result =
          run(Csv.options(List.of(file), null, 200, new Retraining.Never(), null, null, out));
      assertThat(result.model().layout().fields().list().get(1).kind()).isEqualTo(FieldKind.FLAG);
      scores.add(Files.readAllLines(out));
    }

    assertThat(scores.get(1)).isEqualTo(scores.get(0));
  }

  @Test
  void shouldTakeOneColumnAndNoTime() throws Exception {
    StringBuilder text = new StringBuilder("value\n");
    for (int i = 0; i < 200; i++) {
      text.append(i == 180 ? 99 : Math.sin(i) + 0.1 * (i % 7)).append('\n');
    }
    Path file = csv.write("one.csv", text.toString());

    BacktestResult result =
        run(
            Csv.options(
                List.of(file), null, 100, new Retraining.Never(), null, null, csv.out("s.csv")));

    assertThat(result.scored()).isEqualTo(100);
    assertThat(Files.readAllLines(csv.out("s.csv")).get(81)).startsWith("180,").contains("anomaly");
  }
}
