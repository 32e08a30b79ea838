package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The compose file and what it mounts; nothing is started, for no registry may be at hand. */
class ComposeTest {
  private static final Path DOCKER = Command.HOME.resolve("docker");

  private static JsonNode services() throws Exception {
    // Anchors and merges are YAML 1.1's, which Jackson does not resolve.
    Map<String, Object> compose = new Yaml().load(Files.readString(DOCKER.resolve("compose.yaml")));
    return new ObjectMapper().valueToTree(compose).path("services");
  }

  @Test
  void shouldMountOnlyWhatThereIs() throws Exception {
    List<String> mounted = new ArrayList<>();
    for (JsonNode service : services()) {
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.asText().split(":")[0];
        // grafana/ holds the dashboards, alerts and provisioning, once.
        if (source.startsWith(".") && !source.startsWith("../grafana")) {
          mounted.add(source);
        }
      }
    }

    assertThat(mounted)
        .isNotEmpty()
        .allSatisfy(source -> assertThat(DOCKER.resolve(source)).isRegularFile());
  }

  @Test
  void shouldPinEveryImageAndHideEveryPort() throws Exception {
    for (JsonNode service : services()) {
      assertThat(service.path("image").asText()).matches("[a-z/]+:(v?[0-9.]+|local)");
      service.path("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
    }
  }

  @Test
  void shouldConfigureKelboForTheBrokerAndSimulatorBesideIt() throws Exception {
    Settings settings = new SettingsReader().read(DOCKER.resolve("kelbo.yaml"));
    JsonNode services = services();

    String[] address = settings.kafka().get("bootstrap.servers").split(":");
    assertThat(services.path(address[0]).at("/environment/KAFKA_ADVERTISED_LISTENERS").asText())
        .contains("PLAINTEXT://kafka:" + address[1]);
    assertThat(services.at("/simulator/command").toString())
        .contains("simulate", "/etc/kelbo/kelbo.yaml");
    JsonNode targets =
        new YAMLMapper()
            .readTree(DOCKER.resolve("prometheus.yaml").toFile())
            .at("/scrape_configs/0/static_configs/0/targets");
    assertThat(targets.path(0).asText()).isEqualTo("kelbo:" + settings.http().port());
  }

  @Test
  void shouldGivePrometheusAConfigurationThatItTakes() throws Exception {
    Command found = Command.run(Duration.ofSeconds(10), "sh", "-c", "command -v promtool");
    assumeTrue(found.code() == 0, "promtool is missing (Debian: prometheus)");

    Command checked =
        Command.run(
            Duration.ofSeconds(60), "promtool", "check", "config", "docker/prometheus.yaml");

    assertThat(checked.code()).as(checked.err()).isZero();
  }
}
