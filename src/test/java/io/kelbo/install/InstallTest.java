package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Helm installs and upgrades the chart on an API server; no pod runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class InstallTest {
  private static final Path EXAMPLES = Chart.SOURCE.resolve("ci");
  private static final Path BEFORE = Command.HOME.resolve("src/test/resources/chart");

  @TempDir private static Path folder;
  private Chart chart;

  @BeforeAll
  void lay() throws Exception {
    chart = Chart.packagedIn(folder);
  }

  private static Release install(ApiServer server, Path chart, Path values) {
    return new Helm(chart)
        .install()
        .withName("plant")
        .withNamespace("plants")
        .withValuesFile(values)
        .withKubeConfigContents(server.access())
        .disableOpenApiValidation()
        .call();
  }

  private static Release upgrade(ApiServer server, Path chart, Path values) {
    return new Helm(chart)
        .upgrade()
        .withName("plant")
        .withNamespace("plants")
        .withValuesFile(values)
        .withKubeConfigContents(server.access())
        .disableOpenApiValidation()
        .call();
  }

  private static List<String> names(List<JsonNode> objects) {
    return objects.stream()
        .map(one -> one.path("kind").asText() + " " + one.at("/metadata/name").asText())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "ephemeral", "everything", "stateless", "guarded"})
  void shouldInstallWhatTheChartRenders(String example) throws Exception {
    Path values = EXAMPLES.resolve(example + "-values.yaml");
    try (ApiServer server = ApiServer.start()) {
      Release release = install(server, chart.folder(), values);

      List<JsonNode> rendered = chart.manifests(Files.readString(values));
      assertThat(release.getStatus()).isEqualTo("deployed");
      assertThat(names(server.installed())).containsExactlyInAnyOrderElementsOf(names(rendered));
      assertThat(server.installed()).flatMap(StrictManifest::strangers).isEmpty();

      Helm.uninstall("plant")
          .withNamespace("plants")
          .withKubeConfigContents(server.access())
          .call();
      assertThat(server.installed()).isEmpty();
    }
  }

  /** Version 0.1.0 as it rendered, for values that it knew. */
  private Path previous(String example) throws Exception {
    Path previous = folder.resolve("previous-" + example).resolve("kelbo");
    Files.createDirectories(previous.resolve("templates"));
    Files.writeString(
        previous.resolve("Chart.yaml"), "apiVersion: v2\nname: kelbo\nversion: 0.1.0\n");
    Files.copy(
        BEFORE.resolve(example + "-0.1.0.yaml"), previous.resolve("templates").resolve("all.yaml"));
    return previous;
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "everything"})
  void shouldKeepVolumesAndTopicsWhenThePreviousChartIsUpgraded(String example) throws Exception {
    Path values = EXAMPLES.resolve(example + "-values.yaml");
    try (ApiServer server = ApiServer.start()) {
      install(server, previous(example), values);
      List<JsonNode> before = server.installed();

      Release release = upgrade(server, chart.folder(), values);

      List<JsonNode> after = server.installed();
      assertThat(release.getRevision()).isEqualTo("2");
      assertThat(names(after)).containsAll(names(before));
      for (JsonNode set : Chart.kind(before, "StatefulSet")) {
        JsonNode now =
            Chart.kind(after, "StatefulSet").stream()
                .filter(one -> one.at("/metadata/uid").equals(set.at("/metadata/uid")))
                .findFirst()
                .orElseThrow();
        assertThat(now.at("/spec/volumeClaimTemplates"))
            .isEqualTo(set.at("/spec/volumeClaimTemplates"));
        assertThat(now.at("/spec/persistentVolumeClaimRetentionPolicy"))
            .isEqualTo(set.at("/spec/persistentVolumeClaimRetentionPolicy"));
      }
      // Topics, application ids, static members: all of it is in the configuration.
      assertThat(Chart.only(configuration(after), "ConfigMap").path("data"))
          .isEqualTo(Chart.only(configuration(before), "ConfigMap").path("data"));
    }
  }

  private static List<JsonNode> configuration(List<JsonNode> objects) {
    return objects.stream().filter(one -> one.path("data").has("score.yaml")).toList();
  }

  @Test
  void shouldPartTrainersInARunningRelease() throws Exception {
    try (ApiServer server = ApiServer.start()) {
      install(server, chart.folder(), chart.file(Chart.MINIMAL));
      String scorers = Chart.only(server.installed(), "StatefulSet").at("/metadata/uid").asText();

      upgrade(server, chart.folder(), chart.file(Chart.MINIMAL + "trainers: { apart: true }"));

      assertThat(Chart.kind(server.installed(), "StatefulSet"))
          .hasSize(2)
          .anySatisfy(set -> assertThat(set.at("/metadata/uid").asText()).isEqualTo(scorers));
    }
  }

  @Test
  void shouldChangeAReleaseIntoADeployment() throws Exception {
    try (ApiServer server = ApiServer.start()) {
      install(server, chart.folder(), chart.file(Chart.MINIMAL));

      upgrade(server, chart.folder(), chart.file(Chart.MINIMAL + "workload: Deployment"));

      assertThat(Chart.kind(server.installed(), "StatefulSet")).isEmpty();
      assertThat(Chart.kind(server.installed(), "Deployment")).hasSize(1);
    }
  }

  @Test
  void shouldBeRefusedABiggerVolumeAsThePageOnUpgradesSays() throws Exception {
    try (ApiServer server = ApiServer.start()) {
      install(server, chart.folder(), chart.file(Chart.MINIMAL));

      Throwable refused =
          catchThrowable(
              () ->
                  upgrade(
                      server,
                      chart.folder(),
                      chart.file(Chart.MINIMAL + "persistence: { size: 4Gi }")));

      assertThat(refused).hasMessageContaining("volumeClaimTemplates");
    }
  }
}
