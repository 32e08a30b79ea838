package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.broker.EmbeddedBroker;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The image, built by podman and run as a cluster would: nothing writable, no rights, no shell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(200);
  private static final int NOT_HERE = 77;

  private final List<String> containers = new ArrayList<>();
  private final int port;
  private String image = "";

  ImageTest() throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
  }

  @BeforeAll
  void build() throws Exception {
    Command built = Command.run(Duration.ofMinutes(8), "nice", ".ci/image");
    assumeFalse(built.code() == NOT_HERE, built.err());
    assertThat(built.code()).as(built.err()).isZero();
    image = built.lastLine();
    built.err().lines().filter(line -> line.startsWith("size")).forEach(System.err::println);
  }

  @AfterEach
  void remove() throws Exception {
    for (String container : containers) {
      Command.run(PATIENCE, "podman", "--runtime", "runc", "rm", "-f", "-v", "-t", "0", container);
    }
    Command.run(PATIENCE, "podman", "volume", "rm", "-f", volume());
  }

  private String start(String name, List<String> options, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("podman", "--runtime", "runc", "run", "-d", "--name"));
    command.addAll(List.of("kelbo-test-" + name + "-" + port, "--network", "host"));
    command.addAll(List.of("--read-only", "--read-only-tmpfs=false", "--cap-drop", "all"));
    command.addAll(List.of("--security-opt", "no-new-privileges"));
    command.addAll(List.of("--ulimit", "nofile=20000:20000", "--ulimit", "nproc=20000:20000"));
    command.addAll(options);
    command.add(image);
    command.addAll(List.of(words));
    Command started = Command.run(PATIENCE, command.toArray(String[]::new));
    assertThat(started.code()).as(started.err()).isZero();
    containers.add(started.lastLine());
    return started.lastLine();
  }

  private static Command podman(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("podman", "--runtime", "runc"));
    command.addAll(List.of(words));
    return Command.run(PATIENCE, command.toArray(String[]::new));
  }

  private String page(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path))).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void shouldServeReadOnlyWithoutRightsAndEndWhenTold(@TempDir Path folder) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), 0)) {
      Path config = folder.resolve("kelbo.yaml");
      Files.writeString(
          config,
          """
          kafka: { bootstrap.servers: "%s" }
          input: { topic: plant.telemetry, from: earliest }
          http:  { host: 0.0.0.0, port: %d }
          state: { dir: /var/lib/kelbo }
          """
              .formatted(broker.bootstrap(), port));
      start("plant", List.of(), "simulate", "--bootstrap", broker.bootstrap(), "--rate", "200");
      long began = System.nanoTime();

      List<String> options = shown("docker run --read-only", config);
      options.addAll(List.of("-e", "JAVA_TOOL_OPTIONS=-Xmx400m"));
      String kelbo = start("run", options);

      Command ready = inside(kelbo, "health", "--within", "PT170S");
      System.err.printf("start to ready: %.1f s%n", (System.nanoTime() - began) / 1e9);
      assertThat(ready.code()).as(podman("logs", kelbo).err() + ready.out()).isZero();
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(page("/metrics"))
                      .containsPattern("kelbo_verdicts_total\\{[^}]*kind=\"normal\"[^}]*} [1-9]"));
      assertThat(page("/status")).contains("\"ready\":true");
      assertThat(verdicts(broker.bootstrap())).contains("normal");
      Command healthy = podman("healthcheck", "run", kelbo);
      assertThat(healthy.code()).as(healthy.out() + healthy.err()).isZero();
      Command status = inside(kelbo, "status");
      assertThat(status.code()).as(status.err()).isZero();
      Command ended = podman("stop", "-t", "20", kelbo);
      assertThat(ended.code()).isZero();
      Command logs = podman("logs", kelbo);
      assertThat(podman("inspect", "--format", "{{.State.ExitCode}}", kelbo).lastLine())
          .isEqualTo("0");
      assertThat(logs.err())
          .contains("Picked up JAVA_TOOL_OPTIONS", "vector")
          .doesNotContain("ERROR");
    }
  }

  /** The words of `docker run` on the page between the verb and the image, for this machine. */
  private List<String> shown(String beginning, Path config) throws Exception {
    String words =
        PageCommands.shown().stream()
            .map(PageCommands::words)
            .filter(command -> command.startsWith(beginning))
            .findFirst()
            .orElseThrow()
            .replace("$PWD/kelbo.yaml", config.toString())
            .replace("-v kelbo:", "-v " + volume() + ":");
    List<String> parted = PageCommands.parted(words);
    assertThat(parted.get(parted.size() - 1)).isEqualTo("kelbo");
    return new ArrayList<>(parted.subList(2, parted.size() - 1));
  }

  private String volume() {
    return "kelbo-test-" + port;
  }

  /** As the runbooks' `docker exec` does it, with another command of Kelbo's. */
  private Command inside(String container, String... kelbo) throws Exception {
    String words =
        PageCommands.shown().stream()
            .map(PageCommands::words)
            .filter(command -> command.startsWith("docker exec CONTAINER "))
            .findFirst()
            .orElseThrow();
    List<String> command = new ArrayList<>(PageCommands.parted(words));
    command.set(command.indexOf("CONTAINER"), container);
    command.set(0, "podman");
    command.addAll(1, List.of("--runtime", "runc"));
    int verb = command.indexOf("status");
    command.remove(verb);
    command.addAll(verb, List.of(kelbo));
    return Command.run(PATIENCE, command.toArray(String[]::new));
  }

  /** The kinds of verdicts on the topic, as a reader of committed records sees them. */
  private static Set<String> verdicts(String bootstrap) throws Exception {
    Set<String> kinds = new HashSet<>();
    try (KafkaConsumer<byte[], byte[]> reader =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          reader.partitionsFor("kelbo.verdicts").stream()
              .map(one -> new TopicPartition(one.topic(), one.partition()))
              .toList();
      reader.assign(all);
      reader.seekToBeginning(all);
      Map<TopicPartition, Long> ends = reader.endOffsets(all);
      while (ends.entrySet().stream()
          .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> verdict : reader.poll(Duration.ofSeconds(1))) {
          kinds.add(new ObjectMapper().readTree(verdict.value()).path("verdict").asText());
        }
      }
    }
    return kinds;
  }

  @Test
  void shouldTakeAnyOtherCommand() throws Exception {
    Command help =
        podman(
            "run",
            "--rm",
            "--network",
            "host",
            "--ulimit",
            "nofile=20000:20000",
            "--ulimit",
            "nproc=20000:20000",
            image,
            "--help");

    assertThat(help.code()).as(help.err()).isZero();
    assertThat(help.out()).contains("Usage: kelbo");
  }

  @Test
  void shouldSayWhatItIsAndHoldItsBillOfMaterials() throws Exception {
    JsonNode facts = new ObjectMapper().readTree(podman("image", "inspect", image).out()).get(0);

    assertThat(facts.at("/Config/User").asText()).isEqualTo("65532:65532");
    assertThat(facts.at("/Config/Labels/org.opencontainers.image.licenses").asText())
        .isEqualTo("Apache-2.0");
    assertThat(facts.at("/Config/Labels/org.opencontainers.image.vendor").asText())
        .isEqualTo("The Kelbo authors");
    assertThat(Instant.parse(facts.at("/Config/Labels/org.opencontainers.image.created").asText()))
        .isBefore(Instant.now());
    assertThat(facts.at("/Healthcheck/Test").toString()).contains("health", "--live");
    assertThat(facts.path("Size").asLong()).isLessThan(200_000_000);
    Command mounted = podman("image", "mount", image);
    assumeTrue(mounted.code() == 0, "podman cannot mount an image here: " + mounted.err());
    Path root = Path.of(mounted.lastLine());
    assertThat(root.resolve("bin/sh")).doesNotExist();
    JsonNode bill = new ObjectMapper().readTree(root.resolve("opt/kelbo/sbom.cdx.json").toFile());
    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(bill.path("components"))
        .extracting(part -> part.path("name").asText())
        .contains("kafka-streams", "rocksdbjni", "openjdk");
    JsonNode java = bill.at("/components/0");
    assertThat(Files.readString(root.resolve("opt/kelbo/java/release")))
        .contains("JAVA_VERSION=\"%s\"".formatted(java.path("version").asText()));
    podman("image", "unmount", image);
  }
}
