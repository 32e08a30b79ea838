package io.kelbo.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The chart as {@code helm/package} lays it out, rendered by Helm itself. */
final class Chart {
  static final Path SOURCE = Command.HOME.resolve("helm").resolve("kelbo");

  /** Helm's own default is 1.20, which knows no retention of volumes. */
  static final String KUBERNETES = "1.30.0";

  static final String MINIMAL =
      "config: { kafka: { bootstrap.servers: 'kafka:9092' }, input: { topic: plant } }\n";

  private static final YAMLMapper YAML = new YAMLMapper();

  private final Path folder;
  private final Path laidOut;

  private Chart(Path folder) {
    this.folder = folder;
    this.laidOut = folder.resolve("kelbo");
  }

  static Chart packagedIn(Path folder) throws IOException, InterruptedException {
    Command packaged = Command.run(Duration.ofSeconds(60), "helm/package", folder.toString());
    if (packaged.code() != 0) {
      throw new IOException(packaged.err());
    }
    return new Chart(folder);
  }

  Path folder() {
    return laidOut;
  }

  /** What `helm template` gives, kind by kind, without the hooks; throws what Helm refuses. */
  List<JsonNode> manifests(String values) {
    return rendered(laidOut, values);
  }

  /**
   * The pod of `helm test`: rendered where it is no hook, since Helm's Java form leaves them out.
   */
  JsonNode testPod(String values) throws IOException {
    Path copy = folder.resolve("unhooked-" + System.nanoTime()).resolve("kelbo");
    Command.copy(laidOut, copy);
    Path pod = copy.resolve("templates/tests/health.yaml");
    Files.writeString(
        pod, Files.readString(pod).replaceFirst("  annotations:\n(    helm\\.sh/hook.*\n)+", ""));
    return only(rendered(copy, values), "Pod");
  }

  private List<JsonNode> rendered(Path chart, String values) {
    return split(
        new Helm(chart)
            .template()
            .withName("plant")
            .withKubeVersion(Chart.KUBERNETES)
            .withValuesFile(file(values))
            .call());
  }

  LintResult lint(String values) throws IOException {
    // Lint reads the chart's own values only.
    Path copy = folder.resolve("lint-" + System.nanoTime()).resolve("kelbo");
    Command.copy(laidOut, copy);
    JsonNode merged =
        YAML.readerForUpdating(YAML.readTree(copy.resolve("values.yaml").toFile()))
            .readValue(values);
    YAML.writeValue(copy.resolve("values.yaml").toFile(), merged);
    return new Helm(copy).lint().strict().call();
  }

  Path file(String values) {
    try {
      return Files.writeString(folder.resolve("values-" + System.nanoTime() + ".yaml"), values);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  static List<JsonNode> split(String manifests) {
    List<JsonNode> documents = new ArrayList<>();
    try {
      YAML.readerFor(JsonNode.class)
          .<JsonNode>readValues(manifests)
          .forEachRemaining(
              document -> {
                if (document.isObject()) {
                  documents.add(document);
                }
              });
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return documents;
  }

  static List<JsonNode> kind(List<JsonNode> manifests, String kind) {
    return manifests.stream().filter(m -> m.path("kind").asText().equals(kind)).toList();
  }

  /** The only one of its kind. */
  static JsonNode only(List<JsonNode> manifests, String kind) {
    List<JsonNode> found = kind(manifests, kind);
    if (found.size() != 1) {
      throw new AssertionError("%d of kind %s".formatted(found.size(), kind));
    }
    return found.get(0);
  }
}
