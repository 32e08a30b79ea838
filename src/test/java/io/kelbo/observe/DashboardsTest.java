package io.kelbo.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DashboardsTest {
  private static final Path HOME = Path.of(System.getProperty("kelbo.home", "."));
  private static final Pattern OURS = Pattern.compile("\\bkelbo_[a-z_]+");

  /** Rows of 38 pixels on a screen 1,080 high, beside Grafana's bars and the browser's. */
  private static final int SCREEN = 24;

  /** Panels without a limit to warn of, and why there is none. */
  private static final Map<String, String> WITHOUT_LIMIT =
      Map.of(
          "Evidence lower bound", "its height depends on the fields; only a fall says something",
          "Reconstruction and KL", "as the bound, whose parts they are",
          "Active latents and held-out loss", "how many are needed, and how much is lost, too",
          "Entries by store", "the disk sets the limit: the panel beside it warns");

  @Test
  void shouldSayOnEachPanelWhatItShowsInWhichUnitAndWhatToDo() throws Exception {
    for (Dashboards.Panel panel : Dashboards.panels()) {
      JsonNode json = panel.json();
      String url = json.at("/links/0/url").asText();
      assertThat(json.path("description").asText()).as(panel.title()).isNotBlank();
      assertThat(url).as(panel.title()).startsWith("${runbooks}/");
      assertThat(HOME.resolve(url.replace("${runbooks}", "docs/runbooks"))).isRegularFile();
      if (!json.path("type").asText().equals("text")) {
        assertThat(panel.queries()).as(panel.title()).isNotEmpty();
        assertThat(json.at("/fieldConfig/defaults/unit").asText()).as(panel.title()).isNotBlank();
        assertThat(json.at("/fieldConfig/defaults/thresholds/steps"))
            .as(panel.title())
            .isNotEmpty();
      }
    }
  }

  @Test
  void shouldWarnOnEachPanelThatHasALimit() throws Exception {
    Set<String> without = new HashSet<>();
    for (Dashboards.Panel panel : Dashboards.panels()) {
      // Also those of one series only, such as the room left on the disk.
      boolean limited = panel.json().findValues("steps").stream().anyMatch(s -> s.size() > 1);
      if (!panel.queries().isEmpty() && !limited) {
        without.add(panel.json().path("title").asText());
      }
    }

    assertThat(without).isEqualTo(WITHOUT_LIMIT.keySet());
  }

  @Test
  void shouldSayWhereTheChosenSegmentDoesNotApply() throws Exception {
    for (Dashboards.Panel panel : Dashboards.panels()) {
      boolean asked = panel.queries().stream().anyMatch(query -> query.contains("$segment"));
      boolean said =
          panel.json().path("description").asText().endsWith("The segment does not apply.");

      assertThat(said).as(panel.title()).isEqualTo(!asked && !panel.queries().isEmpty());
    }
  }

  @Test
  void shouldLetEachDashboardChooseClusterApplicationAndSegment() throws Exception {
    for (Path file : Dashboards.files()) {
      JsonNode variables = Dashboards.read(file).at("/templating/list");
      assertThat(variables.findValuesAsText("name"))
          .as(file.toString())
          .contains("datasource", "cluster", "application", "segment", "runbooks");
    }
    assertThat(Dashboards.files()).hasSize(3);
  }

  @Test
  void shouldAskForDeclaredMetersOnly() throws Exception {
    Set<String> declared =
        Arrays.stream(Meter.values()).map(Meter::exposed).collect(Collectors.toSet());
    Set<String> asked = new HashSet<>();
    for (Dashboards.Panel panel : Dashboards.panels()) {
      panel.queries().forEach(query -> asked.addAll(ours(query)));
    }
    for (JsonNode rule : Dashboards.rules()) {
      asked.addAll(ours(rule.path("expr").asText()));
    }

    assertThat(declared).containsAll(asked);
  }

  @Test
  void shouldDrawEachMeterOnSomePanel() throws Exception {
    // Counted for `status`, or told by others: records held back by the clock, the warm-up, and so
    // on.
    Set<String> elsewhere =
        Set.of(
            "kelbo_tombstones_total",
            "kelbo_rules",
            "kelbo_refused_rules_total",
            "kelbo_refused_feedback_answers_total",
            "kelbo_forgotten_entities_total",
            "kelbo_clock_held_records_total",
            "kelbo_warmup_records",
            "kelbo_samples_total",
            "kelbo_cells_total");
    Set<String> drawn = new HashSet<>();
    for (Dashboards.Panel panel : Dashboards.panels()) {
      panel.queries().forEach(query -> drawn.addAll(ours(query)));
    }

    List<String> missing =
        Arrays.stream(Meter.values())
            .map(Meter::exposed)
            .filter(name -> !drawn.contains(name) && !elsewhere.contains(name))
            .toList();
    assertThat(missing).isEmpty();
  }

  @Test
  void shouldNotDrawPanelsOverEachOther() throws Exception {
    for (Path file : Dashboards.files()) {
      Set<String> taken = new HashSet<>();
      for (JsonNode panel : Dashboards.panels(Dashboards.read(file))) {
        JsonNode at = panel.path("gridPos");
        assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
        for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
          for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
            assertThat(taken.add(x + "/" + y)).as(panel.path("title").asText()).isTrue();
          }
        }
      }
    }
  }

  @Test
  void shouldAnswerOnOneScreenAndFoldAwayTheRest() throws Exception {
    for (Path file : Dashboards.files()) {
      int end = 0;
      for (JsonNode panel : Dashboards.read(file).path("panels")) {
        JsonNode at = panel.path("gridPos");
        boolean row = Dashboards.isRow(panel);
        // Folded, since else Grafana would draw its panels, and ask for them, at once.
        assertThat(panel.path("collapsed").asBoolean()).as(file.toString()).isEqualTo(row);
        end =
            Math.max(end, row ? at.path("y").asInt() : at.path("y").asInt() + at.path("h").asInt());
      }
      assertThat(end).as(file.toString()).isLessThanOrEqualTo(SCREEN);
    }
  }

  /** The meters of ours in a query, histograms by their own name. */
  private static Set<String> ours(String query) {
    Set<String> names = new HashSet<>();
    Matcher matcher = OURS.matcher(query);
    while (matcher.find()) {
      names.add(
          matcher.group().replaceAll("(_nats|_seconds|_decades)_(bucket|count|sum|max)$", "$1"));
    }
    return names;
  }
}
