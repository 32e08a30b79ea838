package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code generate}, {@code rank} and {@code embed}. */
class LatentCommandsTest {
  private static final Path DATA =
      Path.of(System.getProperty("kelbo.home", "."), "..", "shared", "data");

  private final Path folder;
  private final Path out;

  LatentCommandsTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("out.csv");
  }

  /**
   * All kinds of field, all told by one load: a, b, calls (told by its exponential), on and colour.
   */
  private Path made() throws IOException {
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("a,b,calls,on,colour,load\n");
    for (int r = 0; r < 600; r++) {
      double load = random.nextGaussian();
      int calls = 0;
      for (double p = random.nextDouble(); p > Math.exp(-3 * Math.exp(load / 4)); calls++) {
        p *= random.nextDouble();
      }
      csv.append(
          String.format(
              Locale.ROOT,
              "%.3f,%.3f,%d,%b,%s,%.4f\n",
              10 + 2 * load + 0.5 * random.nextGaussian(),
              -load + 0.4 * random.nextGaussian(),
              calls,
              random.nextGaussian() < 2 * load,
              load > 0.5 ? "red" : load < -0.5 ? "blue" : "green",
              load));
    }
    return Files.writeString(folder.resolve("made.csv"), csv);
  }

  private static List<String[]> cells(String text) {
    return text.lines().map(line -> line.split(",", -1)).toList();
  }

  private static double mean(List<String[]> rows, int column) {
    return rows.stream()
        .skip(1)
        .mapToDouble(row -> Double.parseDouble(row[column]))
        .average()
        .orElseThrow();
  }

  private Shell generate(Path train, String... more) {
    String[] all = new String[more.length + 7];
    System.arraycopy(
        new String[] {
          "generate", "--count", "400", "--train", train.toString(), "--out", out.toString()
        },
        0,
        all,
        0,
        7);
    System.arraycopy(more, 0, all, 7, more.length);
    return Shell.run(all);
  }

  @Test
  void shouldGenerateAllKindsOfFieldsAsTheyGoTogether() throws IOException {
    Path train = made();

    Shell shell = generate(train);

    assertThat(shell.err()).isEmpty();
    assertThat(shell.code()).isZero();
    List<String[]> rows = cells(Files.readString(out));
    assertThat(rows).hasSize(401);
    assertThat(mean(rows, 0)).isCloseTo(10, within(0.5));
    double aOfRed = 0;
    int reds = 0;
    for (String[] row : rows.subList(1, rows.size())) {
      assertThat(Integer.parseInt(row[2])).isNotNegative();
      assertThat(row[3]).isIn("true", "false");
      assertThat(row[4]).isIn("red", "green", "blue");
      aOfRed += row[4].equals("red") ? Double.parseDouble(row[0]) : 0;
      reds += row[4].equals("red") ? 1 : 0;
    }
    // load above 0.5 has mean 1.14, so that a has 12.3.
    assertThat(aOfRed / reds).isCloseTo(12.3, within(0.8));
  }

  @Test
  void shouldGenerateUnderWhatIsGivenAndKeepIt() throws IOException {
    Path train = made();

    generate(train, "--class", "colour=blue", "--given", "on=false");

    List<String[]> rows = cells(Files.readString(out));
    assertThat(rows.subList(1, rows.size()))
        .allMatch(row -> row[4].equals("blue") && row[3].equals("false"));
    assertThat(mean(rows, 0)).isBetween(6.0, 9.0); // load below -0.5 has mean -1.14
  }

  @Test
  void shouldGenerateTheSameForTheSameSeedAndJsonALine() throws IOException {
    Path train = made();

    generate(train, "--format", "json");
    byte[] first = Files.readAllBytes(out);
    generate(train, "--format", "json");

    assertThat(Files.readAllBytes(out)).isEqualTo(first);
    var object =
        new ObjectMapper().readTree(Files.readString(out).lines().findFirst().orElseThrow());
    assertThat(object.get("a").isNumber()).isTrue();
    assertThat(object.get("on").isBoolean()).isTrue();
  }

  private void refuses(Path train, String[] more, String... words) {
    Shell shell = generate(train, more);
    assertThat(shell.err()).contains(words).doesNotContain("\tat ");
    assertThat(shell.code()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test
  void shouldRefuseWhatCannotBeGiven() throws IOException {
    Path train = made();

    refuses(train, new String[] {"--given", "speed=3"}, "'speed=3'", "a, b, calls, on, colour");
    refuses(train, new String[] {"--given", "a=warm"}, "'a=warm'", "a number");
    refuses(train, new String[] {"--given", "calls=-1"}, "'calls=-1'", "0, 1, 2");
    refuses(train, new String[] {"--given", "on=perhaps"}, "'on=perhaps'", "true or false");
    refuses(train, new String[] {"--class", "colour=pink"}, "'colour=pink'", "never seen", "blue");
    refuses(train, new String[] {"--given", "a=1", "--given", "a=2"}, "'a' twice");
    refuses(train, new String[] {"--format", "xml"}, "'xml'", "csv or json");
    refuses(
        train,
        "--given a=1 --given b=1 --given calls=1 --given on=true --given colour=red --given load=1"
            .split(" ", -1),
        "every field");
    Path short3 = Files.writeString(folder.resolve("short.csv"), "a,b\n1,2\n2,3\n3,5\n");
    refuses(short3, new String[0], "short.csv");
  }

  @Test
  void shouldRankAlongWhatTheFieldsSayOfAColumn() throws IOException {
    Path table = made();

    Shell shell = Shell.run("rank", table.toString(), "--by", "load", "--json");
    Shell latent =
        Shell.run("rank", table.toString(), "--by", "latent:1", "--known", "load", "--json");

    assertThat(new ObjectMapper().readTree(shell.out()).get("rank_correlation").asDouble())
        .isGreaterThan(0.9);
    double along = new ObjectMapper().readTree(latent.out()).get("rank_correlation").asDouble();
    assertThat(Math.abs(along)).isGreaterThan(0.6);
  }

  @Test
  void shouldRankTheStrangestFirst() throws IOException {
    Path table = made();
    Files.writeString(table, Files.readString(table) + "10,6,2,true,green,0\n");

    Shell shell = Shell.run("rank", table.toString(), "--by", "surprisal", "--out", out.toString());

    assertThat(shell.code()).isZero();
    assertThat(cells(Files.readString(out)).get(1)[1]).isEqualTo("601");
  }

  @Test
  void shouldRefuseOrdersThatAreNot() throws IOException {
    Path table = made();

    for (String by : List.of("latent:9", "latent:x", "height")) {
      Shell shell = Shell.run("rank", table.toString(), "--by", by, "--out", out.toString());

      assertThat(shell.code()).isEqualTo(2);
      assertThat(shell.err()).contains("'" + by + "'");
      assertThat(out).doesNotExist();
    }
  }

  @Test
  void shouldEmbedRowsWithTheirSpreadAndWhatItCosts() throws IOException {
    Path table = made();
    Files.writeString(table, Files.readString(table) + ",,,,,\n");

    Shell shell = Shell.run("embed", table.toString(), "--out", out.toString(), "--json");

    assertThat(shell.code()).isZero();
    List<String[]> rows = cells(Files.readString(out));
    int latents = new ObjectMapper().readTree(shell.out()).get("latents").asInt();
    assertThat(rows.get(0)).hasSize(2 * latents + 1).endsWith("reconstruction");
    String[] empty = rows.get(601);
    assertThat(Double.parseDouble(empty[latents])).isCloseTo(1, within(1e-6)); // the prior's sd
    assertThat(Double.parseDouble(empty[2 * latents])).isZero();
    assertThat(Double.parseDouble(rows.get(1)[latents])).isLessThan(0.9);
    assertThat(new ObjectMapper().readTree(shell.out()).at("/variance_kept/a").asDouble())
        .isBetween(0.7, 1.0);
  }

  @Test
  void shouldRankRealMixturesByTheirStrength() throws IOException {
    Path concrete = DATA.resolve("imputation/concrete.csv.gz");
    assumeTrue(Files.isRegularFile(concrete), "no table at " + concrete.normalize());

    Shell shell = Shell.run("rank", concrete.toString(), "--by", "strength", "--json");

    assertThat(new ObjectMapper().readTree(shell.out()).get("rank_correlation").asDouble())
        .isGreaterThan(0.5); // measured .568: four latents keep a part of it
  }
}
