package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kelbo impute --repair}: values that the rest of their row speaks against. */
class ImputeRepairTest {
  private static final int ROWS = 400;

  @TempDir private Path dir;
  private final Set<String> wrong = new HashSet<>();
  private final List<String> right = new ArrayList<>();

  /** Four columns that say nearly the same; every 20th row has one that is off by five sds. */
  private Path table() throws Exception {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("a,b,c,mode\n");
    for (int r = 0; r < ROWS; r++) {
      double t = random.nextGaussian();
      double[] x = {t, 2 * t + 0.2 * random.nextGaussian(), -t + 0.1 * random.nextGaussian()};
      right.add(
          String.format(
              Locale.ROOT, "%.3f,%.3f,%.3f,%s", x[0], x[1], x[2], t > 0 ? "day" : "night"));
      if (r % 20 == 7) {
        int column = r / 20 % 3;
        x[column] += column == 1 ? 10 : 5;
        wrong.add((r + 1) + " " + "abc".charAt(column));
      }
      text.append(
          String.format(
              Locale.ROOT, "%.3f,%.3f,%.3f,%s%n", x[0], x[1], x[2], t > 0 ? "day" : "night"));
    }
    return Files.writeString(dir.resolve("table.csv"), text);
  }

  @Test
  void shouldReplaceWrongValuesAndNameThem() throws Exception {
    Path out = dir.resolve("out.csv");

    Shell shell =
        Shell.run(
            "impute", table().toString(), "--repair", "0.001", "--out", out.toString(), "--json");

    assertThat(shell.code()).as(shell.err()).isZero();
    JsonNode facts = new ObjectMapper().readTree(shell.out());
    Set<String> named = new HashSet<>();
    facts
        .get("repaired")
        .forEach(cell -> named.add(cell.get("row").asText() + " " + cell.get("column").asText()));
    assertThat(named).isEqualTo(wrong);
    assertThat(facts.get("repaired_cells").asInt()).isEqualTo(ROWS / 20);
    JsonNode first = facts.get("repaired").get(0);
    assertThat(first.get("p").asDouble()).isLessThan(0.001);
    List<String> written = Files.readAllLines(out);
    int row = first.get("row").asInt();
    double now = Double.parseDouble(written.get(row).split(",")[0]);
    assertThat(first.get("now").asText()).isEqualTo(written.get(row).split(",")[0]);
    assertThat(now)
        .isBetween(
            Double.parseDouble(right.get(row - 1).split(",")[0]) - 0.4,
            Double.parseDouble(right.get(row - 1).split(",")[0]) + 0.4);
    assertThat(written.get(1)).isEqualTo(right.get(0));
  }

  @Test
  void shouldSayItToPeople() throws Exception {
    Shell shell =
        Shell.run(
            "impute",
            table().toString(),
            "--repair",
            "0.001",
            "--out",
            dir.resolve("out.csv").toString());

    assertThat(shell.out())
        .contains("20 of them were there, and unlikely given the rest of their rows:")
        .contains("row 8, a: ")
        .contains("and 10 more; --json names all.");
  }

  @Test
  void shouldReplaceNothingUnlessAsked() throws Exception {
    Path table = table();
    Path out = dir.resolve("out.csv");

    Shell shell = Shell.run("impute", table.toString(), "--out", out.toString(), "--json");

    assertThat(new ObjectMapper().readTree(shell.out()).has("repaired")).isFalse();
    assertThat(out).hasSameTextualContentAs(table);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.5", "-1", "NaN"})
  void shouldRefuseALevelThatIsNone(String level) throws Exception {
    Shell shell = Shell.run("impute", table().toString(), "--repair", level);

    assertThat(shell.code()).isEqualTo(2);
    assertThat(shell.err()).contains("--repair is").contains("above 0 and up to 0.1");
  }

  @Test
  void shouldSayThatTooFewRowsTellNothing() throws Exception {
    Path few = Files.writeString(dir.resolve("few.csv"), "a,b\n1.5,2.5\n2.5,3.5\n3.5,4.5\n");

    Shell shell = Shell.run("impute", few.toString(), "--repair", "0.001");

    assertThat(shell.code()).isEqualTo(2);
    assertThat(shell.err()).contains("no wrong values can be told").contains("50 are needed");
  }
}
