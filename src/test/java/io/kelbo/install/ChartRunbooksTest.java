package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Where alerts and panels lead those who are woken by them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartRunbooksTest {
  private static final String ALL =
      Chart.MINIMAL + "metrics: { rules: true }\ndashboards: { enabled: true }\n";

  @TempDir private static Path folder;
  private Chart chart;

  @BeforeAll
  void lay() throws Exception {
    chart = Chart.packagedIn(folder);
  }

  @Test
  void shouldLeadToTheAddressThatRunbooksAreReadAt() throws Exception {
    List<JsonNode> manifests =
        chart.manifests(ALL + "runbooks: https://git.example.org/kelbo/docs/runbooks/\n");

    assertThat(links(manifests))
        .allSatisfy(
            link -> assertThat(link).startsWith("https://git.example.org/kelbo/docs/runbooks/"));
    assertThat(addressesInDashboards(manifests))
        .hasSize(9)
        .containsOnly("https://git.example.org/kelbo/docs/runbooks");
  }

  @Test
  void shouldLeadToPathsOfThisProjectWhereNoAddressIsGiven() throws Exception {
    List<JsonNode> manifests = chart.manifests(ALL);

    assertThat(links(manifests))
        .allSatisfy(link -> assertThat(Command.HOME.resolve(link)).isRegularFile());
    assertThat(addressesInDashboards(manifests)).hasSize(9).containsOnly("docs/runbooks");
  }

  private static List<String> links(List<JsonNode> manifests) {
    List<String> links =
        Chart.only(manifests, "PrometheusRule").findValuesAsText("runbook_url").stream().toList();
    assertThat(links).hasSizeGreaterThan(12);
    return links;
  }

  /** Three for each dashboard: the text box, what it shows and what panels take. */
  private static List<String> addressesInDashboards(List<JsonNode> manifests) throws Exception {
    List<String> addresses = new ArrayList<>();
    for (JsonNode map : Chart.kind(manifests, "ConfigMap")) {
      for (JsonNode file : map.path("data")) {
        if (!file.asText().startsWith("{")) {
          continue;
        }
        for (JsonNode variable :
            new ObjectMapper().readTree(file.asText()).at("/templating/list")) {
          if (variable.path("name").asText().equals("runbooks")) {
            addresses.add(variable.path("query").asText());
            addresses.add(variable.at("/current/text").asText());
            addresses.add(variable.at("/current/value").asText());
          }
        }
      }
    }
    return addresses;
  }
}
