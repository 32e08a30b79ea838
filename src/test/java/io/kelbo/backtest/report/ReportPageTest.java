package io.kelbo.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kelbo.backtest.Backtest;
import io.kelbo.backtest.BacktestOptions;
import io.kelbo.backtest.BacktestStory;
import io.kelbo.backtest.Retraining;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Model;
import io.kelbo.record.Declared;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportPageTest {
  private static final String HOSTILE = "<script>alert('x')</script>\"&";

  @TempDir private Path folder;

  /** Two quantities that go together, a category, a flag; rows 350 to 369 are faulty. */
  private Path file(String first, String word) throws IOException {
    Random random = new Random(4);
    StringBuilder csv =
        new StringBuilder("at,\"%s\",power,mode,on,label\n".formatted(quoted(first)));
    for (int i = 0; i < 500; i++) {
      boolean fault = i >= 350 && i < 370;
      double load = random.nextGaussian();
      csv.append("2026-11-22 08:%02d:%02d,".formatted(i / 60, i % 60))
          .append(100 + 5 * load)
          .append(',')
          .append(fault ? 90 + random.nextGaussian() : 20 + 4 * load + random.nextGaussian())
          .append(
              ",\"%s\",%b,%d%n"
                  .formatted(i % 3 == 0 ? quoted(word) : "b", i % 4 == 0, fault ? 1 : 0));
    }
    return Files.writeString(folder.resolve("history.csv"), csv.toString());
  }

  private static String quoted(String text) {
    return text.replace("\"", "\"\"");
  }

  private BacktestOptions options(Path file, String label, int trainRows) {
    return new BacktestOptions(
        List.of(file),
        null,
        trainRows,
        new Retraining.Never(),
        new Declared(List.of(), label == null ? Set.of("label") : Set.of(), null, "at"),
        label,
        false,
        null,
        AlarmBudget.of("0.002"),
        1);
  }

  private static BacktestOptions options(Path file, Model model) {
    return new BacktestOptions(
        List.of(file),
        null,
        0,
        new Retraining.Never(),
        Declared.nothing(),
        null,
        false,
        null,
        AlarmBudget.of("0.002"),
        1,
        1,
        model);
  }

  private static String page(BacktestOptions options) throws Exception {
    List<String> pages = new ArrayList<>();
    Backtest.run(options, (phase, done, all) -> {}, story -> pages.add(ReportPage.of(story)));
    return pages.get(0);
  }

  /** The body alone: the head is HTML, not XML. */
  private static Document parsed(String page) throws Exception {
    String body =
        page.substring(page.indexOf("<main>"), page.indexOf("</main>") + 7)
            .replace("<br>", "<br/>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(body)));
  }

  @Test
  void shouldDrawEveryPictureOnAPageThatNeedsNothingElse() throws Exception {
    Path file = file("speed", "a");

    String page = page(options(file, "label", 300));

    assertThat(page)
        .contains("How rare is each row?", "What makes it strange?", "Every field over time")
        .contains("Do the probabilities keep their word?", "The strongest episodes from near")
        .contains("What was learned, and how", "Against the labels", "1 of 1")
        .contains("PR-AUC", "VUS-PR", "VUS-ROC")
        .doesNotContain("No ranking")
        .contains("2026-11-22 08:05:50", "<b>power</b>", "expected")
        .doesNotContainPattern("(?i)<script|<link|<img|https?://|@import|url\\(")
        .doesNotContain("NaN", "Infinity", "{{");
    Document document = parsed(page);
    assertThat(document.getElementsByTagName("svg").getLength()).isGreaterThanOrEqualTo(3 + 4 + 1);
    assertThat(document.getElementsByTagName("section").getLength()).isEqualTo(8);
  }

  @Test
  void shouldDrawTheExpectedValueOfNormalRowsToo() throws Exception {
    Path file = file("speed", "a");
    List<BacktestStory> stories = new ArrayList<>();
    Backtest.run(options(file, "label", 300), (phase, done, all) -> {}, stories::add);
    BacktestStory story = stories.get(0);

    var findings = story.replay().findings(Set.of(320, 360));

    assertThat(findings.keySet()).containsExactlyInAnyOrder(320, 360);
    assertThat(findings.get(320)).hasSize(4).allMatch(f -> f.expected() != null);
    assertThat(findings.get(360)).isEqualTo(story.rows().get(60).verdict().fields());
  }

  @Test
  void shouldRunNothingThatComesFromAFile() throws Exception {
    Path file = file(HOSTILE, HOSTILE);

    String page = page(options(file, "label", 300));

    assertThat(page)
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;")
        .doesNotContain("<script")
        .contains("Content-Security-Policy\" content=\"default-src 'none'");
    parsed(page);
  }

  @Test
  void shouldSaySoWhenThereIsNothingToShow() throws Exception {
    Path file = file("speed", "a");
    String unlabelled = page(options(file, null, 300));
    Model model = Backtest.run(options(file, null, 300), rows -> {}).model();
    Files.write(file, Files.readAllLines(file).subList(0, 301));

    String none = page(options(file, model)); // of the very rows that it learned from

    assertThat(none).contains("0 rows", "What was learned").doesNotContain("How rare");
    assertThat(unlabelled).doesNotContain("Against the labels", "labelled as");
    parsed(none);
    parsed(unlabelled);
  }

  @Test
  void shouldLeaveNoScoresBehindWhenTheReportFails() throws Exception {
    Path file = file("speed", "a");
    BacktestOptions plain = options(file, "label", 300);
    Path scores = folder.resolve("scores.csv");
    BacktestOptions options =
        new BacktestOptions(
            plain.files(),
            null,
            300,
            plain.retrain(),
            plain.declared(),
            "label",
            false,
            scores,
            plain.budget(),
            1);

    assertThatThrownBy(
            () ->
                Backtest.run(
                    options,
                    (phase, done, all) -> {},
                    story -> {
                      throw new IOException("the disk is full");
                    }))
        .hasMessage("the disk is full");

    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }
}
