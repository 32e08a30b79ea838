package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Command lines of kubectl that are shown to people, held against what a release holds: objects,
 * ports, labels, and what runs in the container. No cluster is asked.
 */
final class Kubectl {
  private static final Map<String, String> KINDS =
      Map.of(
          "statefulset", "StatefulSet",
          "deployment", "Deployment",
          "svc", "Service",
          "scaledobject", "ScaledObject");

  private Kubectl() {}

  /** Fails where a line names what is not there, or does what is not known here. */
  static void check(String line, List<JsonNode> manifests) throws IOException {
    List<String> words = new ArrayList<>(PageCommands.parted(line));
    assertThat(words.remove(0)).isEqualTo("kubectl");
    if (words.get(0).equals("-n")) {
      words.subList(0, 2).clear();
    }
    switch (words.get(0)) {
      case "rollout" -> {
        assertThat(words.get(1)).isEqualTo("status");
        named(words.get(2), manifests);
      }
      case "exec" -> exec(line, words, manifests);
      case "port-forward" ->
          assertThat(named(words.get(1), manifests).at("/spec/ports/0/port").asText())
              .isEqualTo(words.get(2));
      case "scale" -> {
        assertThat(words.get(1)).isEqualTo("--replicas=0");
        assertThat(words.get(3)).isEqualTo("-l");
        String[] label = words.get(4).split("=", -1);
        assertThat(Chart.kind(manifests, KINDS.get(words.get(2))))
            .isNotEmpty()
            .allSatisfy(
                one -> {
                  JsonNode labels = one.at("/metadata/labels");
                  assertThat(labels.path(label[0]).asText()).as(line).isEqualTo(label[1]);
                });
      }
      case "delete", "annotate" -> named(words.get(1) + "/" + words.get(2), manifests);
      default -> throw new AssertionError("a verb that is not checked here: " + line);
    }
  }

  private static JsonNode named(String object, List<JsonNode> manifests) {
    String[] parts = object.split("/", -1);
    assertThat(KINDS).containsKey(parts[0]);
    return Chart.kind(manifests, KINDS.get(parts[0])).stream()
        .filter(one -> one.at("/metadata/name").asText().equals(parts[1]))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + object));
  }

  /** Only in pods whose container holds the configuration where the words look for it. */
  private static void exec(String line, List<String> words, List<JsonNode> manifests)
      throws IOException {
    JsonNode pods =
        words.get(1).equals("POD")
            ? Chart.only(manifests, "StatefulSet")
            : named(words.get(1), manifests);
    assertThat(words.get(2)).as(line).isEqualTo("--");
    List<String> inside = inside(words.subList(3, words.size()));
    String config = inside.get(inside.indexOf("--config") + 1);
    assertThat(
            pods.at("/spec/template/spec/containers/0/volumeMounts").findValuesAsText("mountPath"))
        .as(line)
        .contains(config);
  }

  /** Kelbo's words, where those before them begin it as the image does. */
  static List<String> inside(List<String> words) throws IOException {
    String dockerfile = Files.readString(Command.HOME.resolve("docker/Dockerfile"));
    int jar = words.indexOf("-jar");
    assertThat(dockerfile)
        .contains(
            "ENTRYPOINT [\"%s\", \"-jar\", \"%s\"]".formatted(words.get(0), words.get(jar + 1)));
    List<String> kelbo = words.subList(jar + 2, words.size());
    List<String> help = new ArrayList<>(kelbo);
    help.add(0, "--help");
    Shell understood = Shell.run(help.toArray(String[]::new));
    assertThat(understood.code()).as(understood.err()).isZero();
    return kelbo;
  }
}
