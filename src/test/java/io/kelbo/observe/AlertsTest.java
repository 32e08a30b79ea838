package io.kelbo.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertsTest {
  private static final Path HOME = Path.of(System.getProperty("kelbo.home", "."));
  private static final Path TESTS = HOME.resolve("src/test/resources/alerts-test.yaml");

  @Test
  void shouldSayForEachAlertHowBadItIsWhatIsWrongAndWhatToDo() throws Exception {
    List<JsonNode> alerts = alerts();

    String all = Files.readString(HOME.resolve("docs/runbooks/README.md"));

    assertThat(alerts).hasSizeGreaterThanOrEqualTo(12);
    for (JsonNode alert : alerts) {
      String name = alert.path("alert").asText();
      String page = alert.at("/annotations/runbook_url").asText();
      assertThat(alert.at("/labels/severity").asText()).as(name).isIn("critical", "warning");
      assertThat(alert.at("/annotations/summary").asText()).as(name).isNotBlank();
      assertThat(page).as(name).startsWith("docs/runbooks/");
      assertThat(HOME.resolve(page)).as(name).isRegularFile();
      assertThat(Files.readString(HOME.resolve(page))).as(page).contains("`" + name + "`");
      assertThat(all).contains("`" + name + "`");
    }
  }

  @Test
  void shouldHaveAFiringAndAQuietCaseForEachAlert() throws Exception {
    String tests = Files.readString(TESTS);

    for (JsonNode alert : alerts()) {
      String name = alert.path("alert").asText();
      assertThat(tests).contains("- name: " + name + " fires").contains(name + " is quiet");
    }
  }

  @Test
  void shouldFireWhereItMustAndBeQuietWhereItMayNot() throws Exception {
    Promtool.Said said =
        Promtool.run(TESTS.getParent(), "", "test", "rules", TESTS.getFileName().toString());

    assertThat(said.text()).doesNotContain("FAILED");
    assertThat(said.code()).as(said.text()).isZero();
  }

  /** The alerts of {@code grafana/alerts.yaml}, without the recording rules. */
  static List<JsonNode> alerts() throws Exception {
    List<JsonNode> alerts = new ArrayList<>();
    for (JsonNode rule : Dashboards.rules()) {
      if (rule.has("alert")) {
        alerts.add(rule);
      }
    }
    return alerts;
  }
}
