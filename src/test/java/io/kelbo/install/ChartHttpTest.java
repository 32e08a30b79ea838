package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Token and TLS of metrics, health and status: whoever asks must ask as Kelbo is told to answer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartHttpTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  @TempDir private static Path folder;
  private List<JsonNode> guarded;
  private JsonNode pod;
  private JsonNode testPod;

  @BeforeAll
  void render() throws Exception {
    Chart chart = Chart.packagedIn(folder);
    String values = Files.readString(Chart.SOURCE.resolve("ci/guarded-values.yaml"));
    guarded = chart.manifests(values);
    pod = Chart.only(guarded, "StatefulSet").at("/spec/template/spec");
    testPod = chart.testPod(values).path("spec");
  }

  @Test
  void shouldServeWithWhatIsMountedFromTheSecrets() throws Exception {
    JsonNode http = configuration().path("http");

    assertThat(http.path("token").asText()).isEqualTo("${file:/etc/kelbo/http-token/token}");
    assertThat(mounted(pod, "/etc/kelbo/http-token/token")).isEqualTo("plant-token/bearer");
    assertThat(mounted(pod, http.at("/tls/certificate").asText())).isEqualTo("plant-tls/tls.crt");
    assertThat(mounted(pod, http.at("/tls/key").asText())).isEqualTo("plant-tls/tls.key");
  }

  @Test
  void shouldLeaveTheRateToTheConfiguration() throws Exception {
    assertThat(configuration().path("http.rate").asInt()).isEqualTo(50);
  }

  @Test
  void shouldProbeByHttpsOnlyWhereThatIsServed() throws Exception {
    JsonNode open =
        Chart.only(Chart.packagedIn(folder).manifests(Chart.MINIMAL), "StatefulSet")
            .at("/spec/template/spec");

    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      JsonNode asked = pod.at("/containers/0/" + probe + "/httpGet");
      assertThat(asked.path("scheme").asText()).as(probe).isEqualTo("HTTPS");
      // Only health is open to those without a token, as probes are.
      assertThat(asked.path("path").asText()).as(probe).startsWith("/health/");
      assertThat(open.at("/containers/0/" + probe + "/httpGet/scheme").isMissingNode()).isTrue();
    }
  }

  @Test
  void shouldTellTheMonitorTheTokenTheAuthorityAndTheCluster() {
    JsonNode endpoint = Chart.only(guarded, "ServiceMonitor").at("/spec/endpoints/0");

    assertThat(endpoint.path("scheme").asText()).isEqualTo("https");
    assertThat(endpoint.at("/authorization/credentials").toString())
        .isEqualTo("{\"name\":\"plant-token\",\"key\":\"bearer\"}");
    assertThat(endpoint.at("/tlsConfig/ca/secret").toString())
        .isEqualTo("{\"key\":\"ca.crt\",\"name\":\"plant-tls\"}");
    String service = Chart.kind(guarded, "Service").get(0).at("/metadata/name").asText();
    assertThat(endpoint.at("/tlsConfig/serverName").asText()).startsWith(service + ".");
    assertThat(endpoint.at("/relabelings/0").toString())
        .isEqualTo("{\"targetLabel\":\"cluster\",\"replacement\":\"north\"}");
  }

  @Test
  void shouldGiveTheTestPodTheCertificateButNotTheKey() {
    String words = testPod.at("/containers/0/args").toString();

    assertThat(words).contains("\"--certificate=/etc/kelbo/http-tls/tls.crt\"");
    assertThat(mounted(testPod, "/etc/kelbo/http-tls/tls.crt")).isEqualTo("plant-tls/tls.crt");
    assertThat(mounted(testPod, "/etc/kelbo/http-tls/tls.key")).isEmpty();
  }

  private JsonNode configuration() throws Exception {
    JsonNode map =
        guarded.stream()
            .filter(one -> one.path("data").has("score.yaml"))
            .findFirst()
            .orElseThrow();
    return YAML.readTree(map.path("data").path("score.yaml").asText());
  }

  /** Secret and key that a path in the first container is mounted from; empty where none is. */
  private static String mounted(JsonNode pod, String path) {
    for (JsonNode mount : pod.at("/containers/0/volumeMounts")) {
      String before = mount.path("mountPath").asText() + "/";
      if (path.startsWith(before)) {
        for (JsonNode volume : pod.path("volumes")) {
          if (volume.path("name").equals(mount.path("name"))) {
            for (JsonNode item : volume.at("/secret/items")) {
              if (item.path("path").asText().equals(path.substring(before.length()))) {
                return volume.at("/secret/secretName").asText() + "/" + item.path("key").asText();
              }
            }
          }
        }
      }
    }
    return "";
  }
}
