package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import io.kelbo.service.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart renders, for each option, read strictly; Helm runs inside this JVM. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartTest {
  @TempDir private static Path folder;
  private Chart chart;

  @BeforeAll
  void lay() throws Exception {
    chart = Chart.packagedIn(folder);
  }

  static Stream<String> options() throws IOException {
    Stream<String> single =
        Stream.of(
            "replicas: 5",
            "trainers: { apart: true, replicas: 2 }",
            "persistence: { enabled: false }",
            "workload: Deployment\nreplicas: 2",
            "persistence: { size: 500Mi, storageClass: fast, whenDeleted: Delete }",
            "credentials: { existingSecret: kafka }",
            "certificates: { existingSecret: tls }",
            "http: { tokenSecret: token, tokenKey: bearer }\nmetrics: { monitor: PodMonitor }",
            "http: { tlsSecret: tls }\nmetrics: { monitor: PodMonitor, tlsConfig: { insecureSkipVerify: true } }",
            "http: { tokenSecret: token, tlsSecret: tls }\nmetrics: { monitor: ServiceMonitor, cluster: north }",
            "metrics: { monitor: ServiceMonitor, interval: 10s, labels: { release: p } }",
            "metrics: { monitor: PodMonitor, rules: true }",
            "dashboards: { enabled: true, label: grafana, labelValue: yes-please }",
            "networkPolicy: { enabled: true }",
            "networkPolicy: { enabled: true, kafkaTo: [ { ipBlock: { cidr: 10.0.0.0/8 } } ], kafkaPorts: [9092, 8081] }",
            "podDisruptionBudget: { maxUnavailable: '25%' }",
            "podDisruptionBudget: { enabled: false }",
            "autoscaling: { enabled: true, partitions: 6 }",
            "autoscaling: { enabled: true, partitions: 6, minReplicas: 9, authentication: a }",
            "probes: { startupSteps: 200, period: 5 }",
            "serviceAccount: { create: false }",
            "serviceAccount: { name: mine, annotations: { a: b } }",
            "antiAffinity: hard",
            "antiAffinity: none",
            "affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [ { matchExpressions: [ { key: a, operator: Exists } ] } ] } } }",
            "topologySpread: [ { maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule } ]",
            "tolerations: [ { operator: Exists } ]",
            "priorityClassName: high",
            "javaOptions: -Xmx512m",
            "logFormat: plain",
            "extraEnv: [ { name: A, value: b } ]",
            "extraVolumes: [ { name: a, emptyDir: {} } ]\nextraVolumeMounts: [ { name: a, mountPath: /a } ]",
            "labels: { a: b }\npodLabels: { c: d }\npodAnnotations: { e: f }",
            "image: { tag: v9, pullSecrets: [one, two], pullPolicy: Always }",
            "service: { port: 9000, annotations: { a: b } }",
            "fullnameOverride: other");
    try (Stream<Path> files = Files.list(Chart.SOURCE.resolve("ci"))) {
      List<String> examples = files.sorted().map(ChartTest::read).toList();
      return Stream.concat(single.map(values -> Chart.MINIMAL + values), examples.stream());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  @ParameterizedTest
  @MethodSource("options")
  void shouldRenderOnlyWhatKubernetesKnows(String values) throws Exception {
    List<JsonNode> manifests = new ArrayList<>(chart.manifests(values));
    manifests.add(chart.testPod(values));

    assertThat(manifests).hasSizeGreaterThan(3);
    assertThat(manifests).flatMap(StrictManifest::strangers).isEmpty();
    assertThat(chart.lint(values).isFailed()).isFalse();
    assertThat(configurations(manifests)).isNotEmpty().allSatisfy(ChartTest::accept);
  }

  /** What the pods will read. */
  private static List<String> configurations(List<JsonNode> manifests) {
    List<String> files = new ArrayList<>();
    for (JsonNode map : Chart.kind(manifests, "ConfigMap")) {
      map.path("data")
          .fields()
          .forEachRemaining(
              entry -> {
                if (entry.getKey().endsWith(".yaml")) {
                  files.add(entry.getValue().asText());
                }
              });
    }
    return files;
  }

  private static Settings accept(String yaml) throws SettingsProblems {
    String resolved =
        yaml.replace("${env:POD_NAME}", "plant-0")
            .replaceAll("\\$\\{[^}]*}", "a-secret-of-sixteen-letters");
    return new SettingsReader().read(resolved, "the chart's ConfigMap");
  }

  @Test
  void shouldPartScorersFromTrainers() throws Exception {
    List<JsonNode> manifests = chart.manifests(Chart.MINIMAL + "trainers: { apart: true }");

    List<JsonNode> sets = Chart.kind(manifests, "StatefulSet");
    assertThat(sets)
        .map(set -> set.at("/metadata/name").asText())
        .containsExactlyInAnyOrder("plant-kelbo", "plant-kelbo-train");
    JsonNode data = Chart.only(manifests, "ConfigMap").path("data");
    assertThat(accept(data.path("score.yaml").asText()).roles())
        .containsExactly(Settings.Role.SCORE);
    assertThat(accept(data.path("train.yaml").asText()).roles())
        .containsExactly(Settings.Role.TRAIN);
  }

  @Test
  void shouldNameEachInstanceByItsPod() throws Exception {
    String yaml = configurations(chart.manifests(Chart.MINIMAL)).get(0);

    assertThat(accept(yaml).instance()).isEqualTo("plant-0");
    assertThat(accept(yaml).http().host()).isEqualTo("0.0.0.0");
  }

  @Test
  void shouldRunWithoutRightsTokenOrWritableRoot() {
    JsonNode pod =
        Chart.only(chart.manifests(Chart.MINIMAL), "StatefulSet").at("/spec/template/spec");

    JsonNode security = pod.at("/containers/0/securityContext");
    assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
  }

  @Test
  void shouldKeepNothingOfAPodThatBelongsToADeployment() throws Exception {
    List<JsonNode> manifests =
        chart.manifests(
            Chart.MINIMAL
                + "workload: Deployment\nautoscaling: { enabled: true, partitions: 6 }\npersistence: { size: 3Gi }");

    JsonNode deployment = Chart.only(manifests, "Deployment");
    assertThat(Chart.kind(manifests, "StatefulSet")).isEmpty();
    assertThat(deployment.toString()).doesNotContain("POD_NAME", "volumeClaimTemplates");
    assertThat(deployment.at("/spec/template/spec/volumes").toString())
        .contains("\"name\":\"state\",\"emptyDir\":{\"sizeLimit\":\"3Gi\"}");
    assertThat(Chart.only(manifests, "ScaledObject").at("/spec/scaleTargetRef/kind").asText())
        .isEqualTo("Deployment");
    // A static member of another name at each start would hold its partitions until its session
    // ends.
    assertThat(accept(configurations(manifests).get(0)).instance()).isNull();
  }

  @Test
  void shouldTakeDashboardsAndAlertsFromTheirOneCopy(@TempDir Path other) throws Exception {
    Chart with = Chart.packagedIn(other);
    Path grafana = with.folder().resolve("grafana");
    Files.createDirectories(grafana.resolve("dashboards"));
    Files.writeString(grafana.resolve("dashboards/What_now.json"), "{\"title\": \"{{ pump }}\"}");
    Files.writeString(
        grafana.resolve("alerts.yaml"),
        "groups: [{name: kelbo, rules: [{alert: Down, expr: up == 0, annotations: {summary: '{{ $labels.pod }}'}}]}]");

    List<JsonNode> manifests =
        with.manifests(Chart.MINIMAL + "dashboards: { enabled: true }\nmetrics: { rules: true }");

    assertThat(manifests).flatMap(StrictManifest::strangers).isEmpty();
    assertThat(Chart.only(manifests, "PrometheusRule").toString()).contains("{{ $labels.pod }}");
    assertThat(Chart.kind(manifests, "ConfigMap"))
        .anySatisfy(
            map -> {
              assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
              assertThat(map.at("/data/What_now.json").asText()).contains("{{ pump }}");
            });
  }
}
