package io.kelbo.backtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kelbo.table.BadTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bad file is refused with its name, the line or the column; nothing is left behind. */
class BadTableTest {
  private static final String GOOD = Csv.rows(0, 300, i -> false, i -> false);

  @TempDir private Path folder;
  private Csv csv;

  @BeforeEach
  void makeFolder() {
    csv = new Csv(folder);
  }

  @AfterEach
  void leavesNothingBehind() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .noneMatch(name -> name.startsWith("scores"));
    }
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(Path file) {
    BacktestOptions options = Csv.options(file, null, 200, "label", csv.out("scores.csv"));
    return assertThatThrownBy(() -> Backtest.run(options, rows -> {}))
        .isInstanceOf(BadTable.class)
        .hasMessageContaining(file.getFileName().toString());
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(String text) throws IOException {
    return refused(csv.write("bad.csv", text));
  }

  private static String line(int number, String cells) {
    String[] lines = GOOD.split("\n");
    lines[number - 1] = cells;
    return String.join("\n", lines) + "\n";
  }

  @Test
  void shouldRefuseNoFileAndNothingInIt() throws IOException {
    refused(folder.resolve("missing.csv")).hasMessageContaining("no such file");
    refused(folder).hasMessageContaining("no such file");
    refused("").hasMessageContaining("empty");
    refused("\n\n").hasMessageContaining("empty");
    refused("\uFEFF").hasMessageContaining("empty");
    refused("at,speed,power,label\n").hasMessageContaining("not one row");
  }

  @Test
  void shouldNameTheLineOfARaggedRow() throws IOException {
    refused(line(17, "2026-11-22 08:00:15,1500,20"))
        .hasMessageContaining("line 17 has 3 cells")
        .hasMessageContaining("4 columns");
    refused(line(301, "2026-11-22 08:00:15,1500,20,0,0")).hasMessageContaining("line 301 has 5");
  }

  @Test
  void shouldCountLinesAsAnEditorDoes() throws IOException {
    refused(line(10, "\n\n2026-11-22 08:00:08,1500,20,0,0")).hasMessageContaining("line 12 has 5");
    refused(line(10, "\"2026-11-22\n08:00:08\",1500,20,0,0")).hasMessageContaining("line 10 has 5");
    refused(line(10, "2026-11-22 08:00:08,1500,20,0,0").replace("\n", "\r\n"))
        .hasMessageContaining("line 10 has 5");
    refused(line(301, "2026-11-22 08:04:59,1500,20,0,0").strip())
        .hasMessageContaining("line 301 has 5");
  }

  @Test
  void shouldNameTheColumnOfABadHeader() throws IOException {
    refused(line(1, "at,speed,speed,label")).hasMessageContaining("'speed' stands twice");
    refused(line(1, "at,,power,label"))
        .hasMessageContaining("column 2")
        .hasMessageContaining("name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "-1", "yes", "", "0.5", "NaN"})
  void shouldNameTheLineOfALabelThatIsNotZeroOrOne(String label) throws IOException {
    refused(line(42, "2026-11-22 08:00:40,1500,20," + label))
        .hasMessageContaining("line 42")
        .hasMessageContaining("'label' is '" + label + "'")
        .hasMessageContaining("0 or 1");
  }

  @Test
  void shouldNameTheLineAndTheFieldOfTextWhereNumbersWere() throws IOException {
    refused(line(250, "2026-11-22 08:04:08,1500,broken,0"))
        .hasMessageContaining("line 250")
        .hasMessageContaining("column 'power' is 'broken'")
        .hasMessageContaining("number");
    refused(line(251, "some day,1500,20,0"))
        .hasMessageContaining("line 251")
        .hasMessageContaining("'at' is 'some day'");
  }

  @Test
  void shouldListTheColumnsWhereOneIsMissing() throws IOException {
    refused(GOOD.replaceFirst("label", "truth"))
        .hasMessageContaining("--label")
        .hasMessageContaining("'label'")
        .hasMessageContaining("[at, speed, power, truth]");
    refused(GOOD.replaceFirst("at,", "when,"))
        .hasMessageContaining("--time")
        .hasMessageContaining("[when, speed, power, label]");
    String wide = String.join(",", Collections.nCopies(999, "1.5"));
    refused(IntStream.range(0, 999).mapToObj(i -> "c" + i).collect(joining(",")) + "\n" + wide)
        .hasMessageContaining("c39] and 959 more")
        .message()
        .hasSizeLessThan(1000);
  }

  @Test
  void shouldRefuseAGzipThatIsCutOrDamaged() throws IOException {
    byte[] whole = Csv.gzip(GOOD);
    byte[] damaged = whole.clone();
    damaged[whole.length / 2] ^= 0x55;

    refused(csv.write("cut.csv.gz", Arrays.copyOf(whole, whole.length / 2)))
        .hasMessageContaining("gzip");
    refused(csv.write("head.csv.gz", Arrays.copyOf(whole, 6))).hasMessageContaining("gzip");
    refused(csv.write("tail.csv.gz", Arrays.copyOf(whole, whole.length - 4)))
        .hasMessageContaining("gzip");
    refused(csv.write("damaged.csv.gz", damaged)).hasMessageContaining("gzip");
  }

  @Test
  void shouldRefuseAQuoteThatNeverEnds() throws IOException {
    refused(line(20, "\"2026-11-22 08:00:15,1500,20,0"))
        .hasMessageContaining("line 20: a quote opens in column 1");
    refused(line(20, "2026-11-22 08:00:15,1500,\"20,0"))
        .hasMessageContaining("line 20: a quote opens in column 3");
  }

  @Test
  void shouldNameTheLineOfBytesThatAreNotUtf8() throws IOException {
    refused(csv.write("latin.csv", GOOD.replace("speed", "größe").getBytes(ISO_8859_1)))
        .hasMessageContaining("line 1:")
        .hasMessageContaining("UTF-8");
    refused(csv.write("late.csv", line(250, "2026-11-22 08:04:08,1500,°,0").getBytes(ISO_8859_1)))
        .hasMessageContaining("line 250:");
    refused(csv.write("wide.csv", GOOD.getBytes(UTF_16))).hasMessageContaining("line 1:");
  }

  @Test
  void shouldRefuseAColumnThatIsMostlyNumbers() throws IOException {
    String[] lines = GOOD.split("\n");
    for (int i = 5; i < 300; i += 4) {
      lines[i] = lines[i].replaceAll(",[^,]*(,.)$", ",err" + i + "$1");
    }

    refused(String.join("\n", lines))
        .hasMessageContaining("line 6: column 'power' is 'err5'")
        .hasMessageContaining("are numbers");
  }

  @Test
  void shouldRefuseDecimalCommas() throws IOException {
    refused(GOOD.replace(',', ';').replace('.', ','))
        .hasMessageContaining("line 2: column 'speed' is '")
        .hasMessageContaining("decimal point");
  }

  @Test
  void shouldLeaveColumnsOfWordsAlone() throws Exception {
    String[] lines = GOOD.split("\n");
    for (int i = 0; i < lines.length; i++) {
      String word = i % 2 == 0 ? "note " + i : Integer.toString(i * 17 % 100);
      lines[i] = (i == 0 ? "note,code," : "%s,%s,".formatted(word, "AB1".charAt(i % 3))) + lines[i];
    }
    lines[1] = lines[1].replaceFirst("^[^,]*", "first");
    lines[3] = lines[3].replaceFirst("^[^,]*", "third");
    Path file = csv.write("words.csv", String.join("\n", lines));

    BacktestResult result = Backtest.run(Csv.options(file, null, 200, "label", null), rows -> {});

    assertThat(result.leftOut()).singleElement().matches(out -> out.path().equals("note"));
    assertThat(result.model().layout().fields().place("code")).isNotNegative();
  }

  @Test
  void shouldRefuseFilesOfDifferentColumns() throws IOException {
    Path train = csv.write("train.csv", GOOD.replaceFirst("power", "torque"));
    Path test = csv.write("test.csv", GOOD);
    BacktestOptions options = Csv.options(test, train, 0, "label", csv.out("scores.csv"));

    assertThatThrownBy(() -> Backtest.run(options, rows -> {}))
        .isInstanceOf(BadTable.class)
        .hasMessageContaining("'power'")
        .hasMessageContaining("train.csv")
        .hasMessageContaining("test.csv");
  }

  @Test
  void shouldRefuseTooFewRowsToLearnFrom() throws IOException {
    String forty = String.join("\n", List.of(GOOD.split("\n")).subList(0, 41));
    BacktestOptions most =
        Csv.options(csv.write("few.csv", forty), null, 39, "label", csv.out("scores.csv"));

    refused(forty).hasMessageContaining("--train-rows is 200").hasMessageContaining("40 rows");
    assertThatThrownBy(() -> Backtest.run(most, rows -> {}))
        .isInstanceOf(BadTable.class)
        .hasMessageContaining("50 are needed");
  }

  @Test
  void shouldRefuseAColumnWithoutAnyValue() throws Exception {
    String empty = GOOD.replaceAll("(?m)^(2[^,]*,[^,]*),[^,]*,", "$1,NaN,");
    String late = GOOD + GOOD.split("\n")[300] + "\n";
    late = late.replaceAll("(?m)^(2[^,]*,[^,]*),[^,]*,(?=.\n2)", "$1,,");

    BacktestResult result =
        Backtest.run(
            Csv.options(csv.write("late.csv", late), null, 200, "label", null), rows -> {});

    refused(empty).hasMessageContaining("column 'power' (number 3) has no value in 300 rows");
    assertThat(result.leftOut()).singleElement().matches(out -> out.path().equals("power"));
  }

  @Test
  void shouldRefuseATableWithoutAnyField() throws IOException {
    refused(GOOD.replaceAll("(?m)^(2[^,]*),[^,]*,[^,]*,", "$1,,,"))
        .hasMessageContaining("column 'speed' (number 2) has no value");
  }
}
