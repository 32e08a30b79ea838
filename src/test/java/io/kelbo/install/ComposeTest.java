package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** The compose file and what it mounts; nothing is started, for no registry may be at hand. */
class ComposeTest {
  private static final Path DOCKER = Command.HOME.resolve("docker");

  /** Of a service, the keys of the Compose specification that are used here. */
  private static final List<String> SERVICE =
      List.of(
          "image",
          "build",
          "command",
          "environment",
          "ports",
          "volumes",
          "depends_on",
          "healthcheck",
          "restart",
          "stop_grace_period",
          "read_only",
          "cap_drop",
          "security_opt");

  private static JsonNode compose() throws Exception {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    // Anchors and merges are YAML 1.1's, which Jackson does not resolve.
    Map<String, Object> compose =
        new Yaml(strict).load(Files.readString(DOCKER.resolve("compose.yaml")));
    return new ObjectMapper().valueToTree(compose);
  }

  private static JsonNode services() throws Exception {
    return compose().path("services");
  }

  @Test
  void shouldMountOnlyWhatThereIs() throws Exception {
    List<String> mounted = new ArrayList<>();
    for (JsonNode service : services()) {
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.asText().split(":")[0];
        if (source.startsWith(".")) {
          mounted.add(source);
        }
      }
    }

    assertThat(mounted)
        .isNotEmpty()
        .allSatisfy(source -> assertThat(DOCKER.resolve(source)).exists());
  }

  @Test
  void shouldSayOnlyWhatComposeKnowsAndLeadOnlyToWhatIsDeclared() throws Exception {
    JsonNode compose = compose();
    Set<String> volumes = new HashSet<>();
    compose.path("volumes").fieldNames().forEachRemaining(volumes::add);

    assertThat(keys(compose)).isSubsetOf("name", "services", "volumes", "x-hardened", "x-kelbo");
    for (JsonNode service : compose.path("services")) {
      assertThat(keys(service)).isSubsetOf(SERVICE);
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.asText().split(":")[0];
        assertThat(source.startsWith(".") || volumes.contains(source)).as(source).isTrue();
      }
      for (Map.Entry<String, JsonNode> before : service.path("depends_on").properties()) {
        JsonNode other = compose.path("services").path(before.getKey());
        assertThat(other.isMissingNode()).as(before.getKey()).isFalse();
        if (before.getValue().path("condition").asText().equals("service_healthy")) {
          assertThat(other.path("healthcheck").has("test")).as(before.getKey()).isTrue();
        }
      }
    }
  }

  private static List<String> keys(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  /** By the program that Kafka's own image runs at its start. */
  @Test
  void shouldGiveKafkasImageAConfigurationThatABrokerTakes(@TempDir Path folder) throws Exception {
    for (String file : List.of("server.properties", "log4j2.yaml", "tools-log4j2.yaml")) {
      Files.writeString(Files.createDirectories(folder.resolve("default")).resolve(file), "");
    }
    Files.createDirectories(folder.resolve("mounted"));
    Files.createDirectories(folder.resolve("final"));
    ProcessBuilder setup =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "kafka.docker.KafkaDockerWrapper",
                "setup",
                "--default-configs-dir",
                folder.resolve("default").toString(),
                "--mounted-configs-dir",
                folder.resolve("mounted").toString(),
                "--final-configs-dir",
                folder.resolve("final").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    services()
        .at("/kafka/environment")
        .properties()
        .forEach(word -> setup.environment().put(word.getKey(), word.getValue().asText()));
    setup.environment().put("KAFKA_LOG_DIRS", folder.resolve("logs").toString());
    setup.environment().put("CLUSTER_ID", Uuid.randomUuid().toString());

    Process process = setup.start();

    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve("final/server.properties"))) {
      properties.load(reader);
    }
    KafkaConfig config = KafkaConfig.fromProps(properties, false);
    assertThat(config.effectiveAdvertisedBrokerListeners().mkString())
        .contains("host='kafka', port=9092", "host='localhost', port=29092");
    assertThat(folder.resolve("logs/meta.properties")).exists();
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
  void shouldWaitForKelbosStopLongerThanItMayTake() throws Exception {
    Settings settings = new SettingsReader().read(DOCKER.resolve("kelbo.yaml"));

    for (String name : List.of("kelbo", "simulator")) {
      String patience = services().path(name).path("stop_grace_period").asText();
      assertThat(Duration.parse("PT" + patience))
          .as(name)
          .isGreaterThan(settings.life().stopWithin());
    }
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
