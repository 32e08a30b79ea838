package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Helm says after an installation, NOTES.txt. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartNotesTest {
  private static final String UNPACKAGED = "it was installed from its source folder";
  private static final String ALL = "metrics: { rules: true }\ndashboards: { enabled: true }";

  @TempDir private static Path folder;
  private Chart chart;

  @BeforeAll
  void lay() throws Exception {
    chart = Chart.packagedIn(folder);
  }

  private String notes(Path laidOut, String more) {
    String said =
        new Helm(laidOut)
            .install()
            .withName("plant")
            .withNamespace("plants")
            .clientOnly()
            .dryRun()
            .withKubeVersion(Chart.KUBERNETES)
            .withValuesFile(chart.file(Chart.MINIMAL + more))
            .call()
            .getOutput();
    return said.substring(said.indexOf("NOTES:"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "workload: Deployment",
        "trainers: { apart: true }",
        "fullnameOverride: pumps",
        "persistence: { enabled: false }",
        "http: { tokenSecret: plant-token, tlsSecret: plant-tls }",
        "autoscaling: { enabled: true, partitions: 6 }",
      })
  void shouldShowCommandsThatNameWhatIsThere(String more) throws Exception {
    List<JsonNode> manifests = chart.manifests(Chart.MINIMAL + more);

    List<String> commands =
        notes(chart.folder(), more).lines().filter(line -> line.startsWith("     ")).toList();

    assertThat(commands).hasSize(3);
    for (String command : commands) {
      if (command.strip().startsWith("helm")) {
        assertThat(command.strip()).isEqualTo("helm -n plants test plant");
      } else {
        assertThat(command).contains(" -n plants ");
        Kubectl.check(command.strip(), manifests);
      }
    }
  }

  @Test
  void shouldNameWhatIsWatchedAndWhereItIsTold() {
    assertThat(notes(chart.folder(), ""))
        .contains("Kelbo 'kelbo' watches topic 'plant' at kafka:9092", "topic kelbo.anomalies");
    assertThat(
            notes(
                chart.folder(),
                "config: { name: pumps, kafka.bootstrap.servers: 'k:1', input.topics: [a, b] }"))
        .contains("Kelbo 'pumps' watches topic 'a', 'b' at k:1", "topic pumps.anomalies");
    assertThat(
            notes(
                chart.folder(),
                "config: { kafka.bootstrap.servers: 'k:1', input.pattern: 'plant\\..*' }"))
        .contains("watches topics like 'plant\\..*'");
  }

  @Test
  void shouldSayWhereStateDoesNotStay() {
    String lost = "No volumes: each start restores its state from Kafka.";

    assertThat(notes(chart.folder(), "")).doesNotContain(lost);
    assertThat(notes(chart.folder(), "persistence: { enabled: false }")).contains(lost);
    assertThat(notes(chart.folder(), "workload: Deployment")).contains(lost);
  }

  @Test
  void shouldSayWhatIsLackingInAChartThatWasNotPackaged() {
    assertThat(notes(chart.folder(), ALL)).doesNotContain(UNPACKAGED);
    assertThat(notes(Chart.SOURCE, ALL))
        .contains("This chart holds no dashboards: " + UNPACKAGED)
        .contains("This chart holds no alert rules: " + UNPACKAGED);
    assertThat(notes(Chart.SOURCE, "")).doesNotContain(UNPACKAGED);
  }
}
