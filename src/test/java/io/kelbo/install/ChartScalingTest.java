package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What KEDA is told to scale by, for each way to name the input. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartScalingTest {
  private static final String SCALED = "\nautoscaling: { enabled: true, partitions: 6 }";

  @TempDir private static Path folder;
  private Chart chart;

  @BeforeAll
  void lay() throws Exception {
    chart = Chart.packagedIn(folder);
  }

  @Test
  void shouldNeverScaleBeyondThePartitions() {
    List<JsonNode> manifests =
        chart.manifests(
            Chart.MINIMAL + "replicas: 3\nautoscaling: { enabled: true, partitions: 6 }");

    JsonNode spec = Chart.only(manifests, "ScaledObject").path("spec");
    assertThat(spec.path("maxReplicaCount").asInt()).isEqualTo(6);
    assertThat(spec.at("/triggers/0/metadata/consumerGroup").asText()).isEqualTo("kelbo-score");
    assertThat(Chart.only(manifests, "StatefulSet").at("/spec/replicas").isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config: { kafka.bootstrap.servers: 'k:1', input: { topics: [pumps, mills] } }",
        "config: { kafka.bootstrap.servers: 'k:1', input.topics: [pumps, mills] }",
        "config: { kafka.bootstrap.servers: 'k:1', input: { topics: 'pumps, mills' } }",
      })
  void shouldScaleByEachOfSeveralTopics(String values) {
    List<JsonNode> manifests =
        chart.manifests(values + SCALED.replace("6 }", "6, authentication: kafka }"));

    JsonNode triggers = Chart.only(manifests, "ScaledObject").at("/spec/triggers");
    assertThat(manifests).flatMap(StrictManifest::strangers).isEmpty();
    assertThat(triggers)
        .map(trigger -> trigger.at("/metadata/topic").asText())
        .containsExactly("pumps", "mills");
    assertThat(triggers)
        .allSatisfy(
            trigger -> {
              assertThat(trigger.at("/metadata/consumerGroup").asText()).isEqualTo("kelbo-score");
              assertThat(trigger.at("/authenticationRef/name").asText()).isEqualTo("kafka");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"input: { pattern: 'plant\\..*' }", "input.pattern: 'plant\\..*'"})
  void shouldRefuseToScaleByAPatternAndSayWhatToDo(String input) {
    String values = "config: { kafka.bootstrap.servers: 'k:1', " + input + " }";

    Throwable refusal = catchThrowable(() -> chart.manifests(values + SCALED));

    assertThat(refusal)
        .hasMessageContaining("config.input.pattern is 'plant\\..*', but KEDA asks for the lag")
        .hasMessageContaining("name them in config.input.topics, or leave autoscaling out");
    assertThat(chart.manifests(values + "\nreplicas: 2")).hasSizeGreaterThan(3);
  }
}
