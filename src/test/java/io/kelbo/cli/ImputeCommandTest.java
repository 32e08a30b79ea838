package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImputeCommandTest {
  private final Path folder;
  private final Path out;

  ImputeCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("out.csv");
  }

  private Path file(String name, String content) throws IOException {
    return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }

  /** y = 2 x + 10, z apart; a tenth of the cells of x and y hidden. */
  private static String related(int rows) {
    Random random = new Random(4);
    StringBuilder csv = new StringBuilder("x,y,z\n");
    for (int r = 0; r < rows; r++) {
      double x = random.nextGaussian();
      String first = String.format(Locale.ROOT, "%.4f", x);
      String second = String.format(Locale.ROOT, "%.4f", 2 * x + 10);
      csv.append(random.nextInt(10) == 0 ? "" : first).append(',');
      csv.append(random.nextInt(10) == 0 ? "NaN" : second).append(',');
      csv.append(String.format(Locale.ROOT, "%.3f\n", random.nextGaussian()));
    }
    return csv.toString();
  }

  private List<String[]> cells(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(line -> line.split(",", -1)).toList();
  }

  @Test
  void shouldFillHolesAndLeaveAllElseToTheByte() throws IOException {
    String mark = "\uFEFF";
    String written =
        mark
            + "name;\"v;1\";größe;flag\r\nä;01.50;+2e0;true\r\n\"b\"\"\"; ;3;\"null\"\r\n"
            + "c;2.5;\"\";false\r\n\r\nd;1.500;4;true";
    Path table = file("t.csv", written);

    Shell shell = Shell.run("impute", table.toString(), "--out", out.toString());

    assertThat(shell.err()).isEmpty();
    assertThat(shell.code()).isZero();
    assertThat(Files.readString(out))
        .matches(
            "\uFEFFname;\"v;1\";größe;flag\r\nä;01\\.50;\\+2e0;true\r\n"
                + "\"b\"\"\";-?[0-9.]+;3;(true|false)\r\n"
                + "c;2\\.5;-?[0-9.]+;false\r\n\r\nd;1\\.500;4;true");
  }

  @Test
  void shouldFillFromWhatColumnsHaveToDoWithEachOther() throws IOException {
    Path table = file("t.csv", related(200));

    Shell shell =
        Shell.run("impute", table.toString(), "--out", out.toString(), "--uncertainty", "--json");

    assertThat(shell.code()).isZero();
    List<String[]> before = cells(table);
    List<String[]> after = cells(out);
    assertThat(after.get(0)).containsExactly("x", "y", "z", "x__sd", "y__sd", "z__sd");
    assertThat(after).hasSameSizeAs(before);
    int filled = 0;
    for (int r = 1; r < before.size(); r++) {
      String[] row = after.get(r);
      boolean both = before.get(r)[0].isEmpty() && before.get(r)[1].equals("NaN");
      boolean hole = before.get(r)[1].equals("NaN");
      filled += hole ? 1 : 0;
      assertThat(row[4].isEmpty()).isEqualTo(!hole);
      if (hole && !both) {
        assertThat(Double.parseDouble(row[1]))
            .isCloseTo(2 * Double.parseDouble(row[0]) + 10, within(0.5));
      }
    }
    JsonNode facts = new ObjectMapper().readTree(shell.out());
    assertThat(facts.get("rows").asInt()).isEqualTo(200);
    assertThat(facts.get("columns").asInt()).isEqualTo(3);
    assertThat(facts.get("filled").get("y").asInt()).isEqualTo(filled);
    assertThat(facts.get("filled").get("z").asInt()).isZero();
    assertThat(facts.get("held_out").get("cells").asInt()).isPositive();
    assertThat(facts.get("weights").has(facts.get("method").asText())).isTrue();
    assertThat(facts.get("left_out").get("mixture_50").asText()).isEqualTo("it needs 300 rows");
    assertThat(facts.get("interval_level").asDouble()).isEqualTo(0.9);
    assertThat(facts.get("kernels").asText()).isNotEmpty();
  }

  @Test
  void shouldFillCategoriesByTheLikeliest() throws IOException {
    StringBuilder csv = new StringBuilder("x,colour\n");
    Random random = new Random(5);
    for (int r = 0; r < 120; r++) {
      String colour = List.of("red", "green", "blue").get(r % 3);
      double x = 5 * (r % 3) + 0.3 * random.nextGaussian();
      csv.append(String.format(Locale.ROOT, "%.3f,%s\n", x, r > 110 ? "" : colour));
    }
    Path table = file("t.csv", csv.toString());

    Shell.run("impute", table.toString(), "--out", out.toString(), "--uncertainty");

    List<String[]> after = cells(out);
    for (int r = 111; r < 120; r++) {
      assertThat(after.get(r + 1)[1]).isEqualTo(List.of("red", "green", "blue").get(r % 3));
      assertThat(after.get(r + 1)[3]).isEmpty();
    }
  }

  @Test
  void shouldWriteTheTableToStandardOutput() throws IOException {
    Path table = file("t.csv", "a,b\n1,2\n,2\n");
    PrintStream before = System.out;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
      assertThat(Shell.run("impute", table.toString()).code()).isZero();
    } finally {
      System.setOut(before);
    }

    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("a,b\n1,2\n1,2\n");
  }

  @Test
  void shouldReadAndWriteGzipAndLearnFromAnotherTable() throws IOException {
    Path train = folder.resolve("train.csv.gz");
    try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(train))) {
      gzip.write(related(200).getBytes(StandardCharsets.UTF_8));
    }
    Path table = file("t.csv", "x,y,z\n1.5,,0\n");
    Path packed = folder.resolve("out.csv.gz");

    Shell shell =
        Shell.run(
            "impute", table.toString(), "--train", train.toString(), "--out", packed.toString());

    assertThat(shell.code()).isZero();
    try (InputStream gzip = new GZIPInputStream(Files.newInputStream(packed))) {
      String[] row =
          new String(gzip.readAllBytes(), StandardCharsets.UTF_8).split("\n")[1].split(",");
      assertThat(Double.parseDouble(row[1])).isCloseTo(13, within(0.5));
    }
  }

  @Test
  void shouldGiveTheSameBytesForTheSameSeed() throws IOException {
    Path table = file("t.csv", related(150));
    Path again = folder.resolve("again.csv");

    Shell.run("impute", table.toString(), "--out", out.toString(), "--seed", "7");
    Shell.run("impute", table.toString(), "--out", again.toString(), "--seed", "7");

    assertThat(out).hasSameBinaryContentAs(again);
  }

  @Test
  void shouldNeverWriteWhatIsNoNumber() throws IOException {
    StringBuilder csv = new StringBuilder("huge,tiny,still,odd\n");
    for (int r = 0; r < 60; r++) {
      csv.append(
          "%s,%s,5,%s\n"
              .formatted(
                  r % 7 == 0 ? "" : (r % 2 == 0 ? "1e300" : "-1e300"),
                  r % 5 == 0 ? "" : "%de-320".formatted(r % 9),
                  r % 6 == 0 ? "inf" : r == 7 ? "1e308" : r % 4));
    }
    Path table = file("t.csv", csv.toString());

    Shell shell = Shell.run("impute", table.toString(), "--out", out.toString(), "--uncertainty");

    assertThat(shell.err()).isEmpty();
    for (String[] row : cells(out).subList(1, 61)) {
      for (String cell : row) {
        assertThat(cell.isEmpty() || Double.isFinite(Double.parseDouble(cell))).isTrue();
      }
      assertThat(Stream.of(row).limit(4)).doesNotContain("");
    }
  }

  @Test
  void shouldFillATableOfManyColumns() throws IOException {
    Random random = new Random(6);
    StringBuilder csv = new StringBuilder();
    for (int c = 0; c < 300; c++) {
      csv.append(c == 0 ? "c" : ",c").append(c);
    }
    for (int r = 0; r < 40; r++) {
      double level = random.nextGaussian();
      for (int c = 0; c < 300; c++) {
        String cell = String.format(Locale.ROOT, "%.3f", level * (c + 1));
        csv.append(c == 0 ? "\n" : ",").append(random.nextInt(20) == 0 ? "" : cell);
      }
    }
    Path table = file("t.csv", csv.append('\n').toString());

    Shell shell = Shell.run("impute", table.toString(), "--out", out.toString());

    assertThat(shell.code()).isZero();
    for (String[] row : cells(out).subList(1, 41)) {
      double level = Double.parseDouble(row[299]) / 300;
      assertThat(Double.parseDouble(row[150]) / 151).isCloseTo(level, within(0.3));
    }
  }
}
