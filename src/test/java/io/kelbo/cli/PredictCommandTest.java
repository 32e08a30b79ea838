package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
  private static final Path DATA =
      Path.of(System.getProperty("kelbo.home", "."), "..", "shared", "data");

  private final Path folder;
  private final Path out;

  PredictCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("out.csv");
  }

  private Path file(String name, String content) throws IOException {
    return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }

  /** y = 3 x - w² with little noise; kind is one of three, by the sector that x and w lie in. */
  private static String made(int rows, long seed, boolean told) {
    Random random = new Random(seed);
    StringBuilder csv = new StringBuilder("x,w,y,kind\n");
    for (int r = 0; r < rows; r++) {
      double x = random.nextGaussian();
      double w = random.nextGaussian();
      double y = 3 * x - w * w + 0.1 * random.nextGaussian();
      String kind = w < -0.5 ? "low" : x > 0 ? "right" : "left";
      csv.append(String.format(Locale.ROOT, "%.4f,%.4f,", x, w));
      csv.append(told ? String.format(Locale.ROOT, "%.4f,%s\n", y, kind) : ",\n");
    }
    return csv.toString();
  }

  private static List<String[]> cells(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(line -> line.split(",", -1)).toList();
  }

  @Test
  void shouldPredictNumbersWithTheirIntervalWhereTheyAreMissing() throws IOException {
    Path train = file("train.csv", made(600, 1, true));
    Path truth = file("truth.csv", made(200, 2, true));
    Path asked = file("asked.csv", made(200, 2, false));

    Shell shell =
        Shell.run(
            "predict",
            asked.toString(),
            "--target",
            "y",
            "--train",
            train.toString(),
            "--out",
            out.toString(),
            "--json");

    assertThat(shell.err()).isEmpty();
    assertThat(shell.code()).isZero();
    List<String[]> told = cells(out);
    List<String[]> right = cells(truth);
    assertThat(told.get(0))
        .containsExactly("x", "w", "y", "kind", "y__predicted", "y__sd", "y__low", "y__high");
    double squares = 0;
    int inside = 0;
    for (int r = 1; r < right.size(); r++) {
      double y = Double.parseDouble(right.get(r)[2]);
      double off = y - Double.parseDouble(told.get(r)[4]);
      squares += off * off / 200;
      inside +=
          Double.parseDouble(told.get(r)[6]) <= y && y <= Double.parseDouble(told.get(r)[7])
              ? 1
              : 0;
    }
    // The sd of y is 3.3, of what a line leaves of it 1.4, of the noise 0.1.
    assertThat(Math.sqrt(squares)).isLessThan(0.6);
    assertThat(inside / 200.0).isBetween(0.8, 0.98);
    JsonNode facts = new ObjectMapper().readTree(shell.out());
    assertThat(facts.get("kind").asText()).isEqualTo("value");
    assertThat(facts.get("told_by").asInt()).isEqualTo(3);
    assertThat(facts.get("held_out").get("rmse").asDouble())
        .isCloseTo(Math.sqrt(squares), within(0.3));
  }

  @Test
  void shouldGiveTheChancesOfClassesThatAddToOne() throws IOException {
    Path train = file("train.csv", made(900, 3, true));
    Path truth = file("truth.csv", made(300, 4, true));

    Shell shell =
        Shell.run(
            "predict",
            truth.toString(),
            "--target",
            "kind",
            "--train",
            train.toString(),
            "--out",
            out.toString(),
            "--json");

    assertThat(shell.err()).isEmpty();
    List<String[]> told = cells(out);
    assertThat(told.get(0))
        .endsWith("kind__predicted", "kind__p__left", "kind__p__low", "kind__p__right");
    for (String[] row : told.subList(1, told.size())) {
      double sum =
          Double.parseDouble(row[5]) + Double.parseDouble(row[6]) + Double.parseDouble(row[7]);
      assertThat(sum).isCloseTo(1, within(1e-3));
    }
    JsonNode known = new ObjectMapper().readTree(shell.out()).get("known");
    assertThat(known.get("rows").asInt()).isEqualTo(300);
    assertThat(known.get("accuracy").asDouble()).isGreaterThan(0.93);
    assertThat(known.get("log_loss").asDouble()).isLessThan(0.2);
    assertThat(known.get("calibration_error").asDouble()).isLessThan(0.05);
  }

  @Test
  void shouldFillOnlyTheRowsThatLackTheTargetOfOneTable() throws IOException {
    String[] lines = made(300, 5, true).split("\n");
    lines[7] = lines[7].replaceAll(",[a-z]+$", ",");
    Path table = file("t.csv", String.join("\n", lines) + "\n");

    Shell shell =
        Shell.run("predict", table.toString(), "--target", "kind", "--out", out.toString());

    assertThat(shell.code()).isZero();
    assertThat(shell.out()).contains("1 of 300 rows predicted");
    List<String[]> told = cells(out);
    assertThat(told.get(7)[4]).isIn("low", "left", "right");
    assertThat(told.get(8)[4]).isEmpty();
  }

  @Test
  void shouldGiveTheSameBytesForTheSameSeed() throws IOException {
    Path train = file("train.csv", made(300, 6, true));
    Path asked = file("asked.csv", made(20, 7, false));
    Path again = folder.resolve("again.csv");

    for (Path to : List.of(out, again)) {
      Shell.run(
          "predict",
          asked.toString(),
          "--target",
          "kind",
          "--train",
          train.toString(),
          "--out",
          to.toString());
    }

    assertThat(out).hasSameBinaryContentAs(again);
  }

  private void refuses(Path table, String target, String... words) {
    Shell shell =
        Shell.run("predict", table.toString(), "--target", target, "--out", out.toString());
    assertThat(shell.err()).contains(words).doesNotContain("\tat ");
    assertThat(shell.code()).isEqualTo(2);
    assertThat(out).doesNotExist();
    assertThat(folder.resolve("out.csv.partial")).doesNotExist();
  }

  @Test
  void shouldRefuseTargetsThatCannotBePredicted() throws IOException {
    Path table = file("t.csv", made(50, 8, true) + "1,2,,\n");
    StringBuilder names = new StringBuilder("x,name\n0,\n");
    for (int r = 0; r < 10_000; r++) {
      names.append(r % 7).append(",n").append(r).append('\n');
    }

    refuses(table, "nothing", "'nothing'", "[x, w, y, kind]");
    refuses(file("same.csv", "x,k\n1,a\n2,a\n3,\n"), "k", "'k'", "is 'a' in every row");
    refuses(file("many.csv", names.toString()), "name", "10,000 different texts", "64");
    refuses(file("all.csv", made(50, 9, true)), "kind", "value in every row", "--train");
    refuses(file("none.csv", "x,k\n1,\n2,\n"), "k", "has no value");
    refuses(file("alone.csv", "k\na\nb\na\nb\n\"\"\n"), "k", "none tells anything");
    refuses(file("text.csv", "x,k\n" + "1.5,a\n2.5,b\n".repeat(20) + "oops,\n"), "k", "'oops'");
  }

  @Test
  void shouldPredictFromRowsThatKnowNothingByHowOftenClassesCome() throws IOException {
    Path train = file("train.csv", made(400, 10, true));
    Path asked = file("asked.csv", "x,w,y\n,,\n");

    Shell shell =
        Shell.run(
            "predict",
            asked.toString(),
            "--target",
            "kind",
            "--train",
            train.toString(),
            "--out",
            out.toString());

    assertThat(shell.code()).isZero();
    // P(low) = P(w < -0.5) = 0.31; three standard errors of 400 rows are 0.07.
    assertThat(Double.parseDouble(cells(out).get(1)[5])).isCloseTo(0.31, within(0.07));
  }

  @Test
  void shouldPredictRealTablesBetterThanALine() throws IOException {
    Path concrete = DATA.resolve("imputation/concrete.csv.gz");
    assumeTrue(Files.isRegularFile(concrete), "no table at " + concrete.normalize());
    List<String[]> rows = CsvRows.of(concrete);
    Path train = file("train.csv", CsvRows.text(rows, r -> r == 0 || r % 4 != 1));
    Path asked = file("asked.csv", CsvRows.text(rows, r -> r == 0 || r % 4 == 1));

    Shell shell =
        Shell.run(
            "predict",
            asked.toString(),
            "--target",
            "strength",
            "--train",
            train.toString(),
            "--json");

    JsonNode known = new ObjectMapper().readTree(shell.out()).get("known");
    // Ridge leaves 10.5 MPa; the sd is 16.7.
    assertThat(known.get("rmse").asDouble()).isLessThan(7.5);
    assertThat(known.get("coverage_90").asDouble()).isBetween(0.82, 0.97);
  }
}
