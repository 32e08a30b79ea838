package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explore} on a table of which the causes are known. */
class ExploreCommandTest {
  private final Path folder;

  ExploreCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /**
   * Two causes: the first moves a, b, bent (by its square) and calls, the second c, d and on; noise
   * is moved by none.
   */
  private Path twoCauses(int rows) throws IOException {
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("a,b,bent,c,d,noise,<i>odd,on\n");
    for (int r = 0; r < rows; r++) {
      double one = random.nextGaussian();
      double two = random.nextGaussian();
      csv.append(
          String.format(
              Locale.ROOT,
              "%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%b\n",
              10 + 2 * one + 0.3 * random.nextGaussian(),
              -one + 0.2 * random.nextGaussian(),
              one * one + 0.1 * random.nextGaussian(),
              5 * two + random.nextGaussian(),
              -two + 0.2 * random.nextGaussian(),
              random.nextGaussian(),
              one + two + 0.3 * random.nextGaussian(),
              random.nextGaussian() < 2 * two));
    }
    return Files.writeString(folder.resolve("causes.csv"), csv);
  }

  @Test
  void shouldFindTheCausesAndWhatTheyMoveWhenATableHasTwo() throws Exception {
    Path table = twoCauses(500);
    Path page = folder.resolve("page.html");

    Shell shell =
        Shell.run(
            "explore",
            table.toString(),
            "--json",
            "--report",
            page.toString(),
            "--pictures",
            folder.toString());

    assertThat(shell.err()).isEmpty();
    JsonNode facts = new ObjectMapper().readTree(shell.out());
    assertThat(facts.path("chosen_latents").asInt()).isEqualTo(2);
    assertThat(strongest(facts, "a"))
        .isEqualTo(strongest(facts, "bent"))
        .isNotEqualTo(strongest(facts, "c"));
    assertThat(strength(facts, "a")).isGreaterThan(0.7);
    assertThat(strength(facts, "bent")).isGreaterThan(0.5);
    assertThat(strength(facts, "noise")).isLessThan(0.3);
    JsonNode betas = facts.path("betas");
    for (int b = 1; b < betas.size(); b++) {
      assertThat(betas.get(b).path("rate").asDouble())
          .isLessThan(betas.get(b - 1).path("rate").asDouble());
    }
    JsonNode cures = facts.path("collapse");
    assertThat(cures.get(cures.size() - 1).path("asleep").asInt()).isZero();
    JsonNode variants = facts.path("variants");
    assertThat(variants).hasSize(4);
    assertThat(variants.get(0).path("bound").asDouble())
        .isLessThan(variants.get(1).path("bound").asDouble());
    assertThat(variants.get(3).path("likeness").asDouble())
        .isLessThan(variants.get(2).path("likeness").asDouble());
    assertThat(Files.readString(page))
        .contains("chosen", "id=\"variants\"", "&lt;i&gt;odd", "id=\"walks\"", "id=\"kinship\"")
        .doesNotContain("<i>", "<script", "http://", "https://", "NaN");
    assertThat(svgs()).contains("map.svg", "beta-4.svg", "walks-2.svg", "bottleneck.svg");
    for (String name : svgs()) {
      assertThat(
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .parse(folder.resolve(name).toFile())
                  .getDocumentElement()
                  .getTagName())
          .isEqualTo("svg");
    }
  }

  private List<String> svgs() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".svg"))
          .toList();
    }
  }

  private static int strongest(JsonNode facts, String field) {
    List<Double> all = strengths(facts, field);
    return all.indexOf(strength(facts, field));
  }

  private static double strength(JsonNode facts, String field) {
    return strengths(facts, field).stream().mapToDouble(s -> s).max().orElseThrow();
  }

  private static List<Double> strengths(JsonNode facts, String field) {
    List<Double> all = new ArrayList<>();
    facts.path("latents").forEach(l -> all.add(l.path("strengths").path(field).asDouble()));
    return all;
  }

  @Test
  void shouldSayWhatIsAllowedWhenItCannotExplore() throws IOException {
    Path table = twoCauses(30);

    Shell few = Shell.run("explore", table.toString());
    Shell itself = Shell.run("explore", table.toString(), "--report", table.toString());
    Shell nowhere = Shell.run("explore", table.toString(), "--pictures", folder + "/no/such");

    assertThat(few.code()).isEqualTo(2);
    assertThat(few.err()).contains("there are 30 rows to look at but 60 are needed");
    assertThat(itself.code()).isEqualTo(2);
    assertThat(itself.err()).contains("used already");
    assertThat(nowhere.code()).isEqualTo(2);
    assertThat(nowhere.err()).contains("no such folder exists");
  }
}
