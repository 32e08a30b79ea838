package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the pages tell people to do to a cluster: Helm does it here, kubectl's words are read. */
class ClusterPagesTest {
  private static final Pattern VALUES = Pattern.compile("(?s)```yaml\n(image:.*?)```");

  @Test
  void shouldNameInEachCommandOfKubectlWhatAReleaseHolds(@TempDir Path folder) throws Exception {
    List<JsonNode> manifests =
        Chart.packagedIn(folder)
            .manifests(Chart.MINIMAL + "autoscaling: { enabled: true, partitions: 6 }");
    List<PageCommands> commands = new ArrayList<>(PageCommands.mentioned("kubectl"));
    commands.addAll(
        PageCommands.shown().stream().filter(one -> one.words().startsWith("kubectl")).toList());
    // Where a sentence says that the tool does it, not how.
    commands.removeIf(one -> one.words().equals("kubectl exec"));

    assertThat(commands).hasSizeGreaterThan(4);
    for (PageCommands command : commands) {
      Kubectl.check(command.words(), manifests);
    }
  }

  @Test
  @Timeout(60)
  void shouldInstallAndUpgradeThePackageThatThePagesName(@TempDir Path folder) throws Exception {
    Chart chart = Chart.packagedIn(folder);
    TreeSet<String> packages = new TreeSet<>();
    for (PageCommands command : helm()) {
      Matcher named =
          Pattern.compile("helm (?:install|upgrade) plant target/helm/(\\S+) -f values.yaml")
              .matcher(command.words());
      assertThat(named.matches()).as(command.where()).isTrue();
      packages.add(named.group(1));
    }
    assertThat(packages).hasSize(1);
    Path packaged = chart.folder().resolveSibling(packages.first());
    Matcher shown = VALUES.matcher(Files.readString(Command.HOME.resolve("docs/install.md")));
    assertThat(shown.find()).isTrue();
    Path values = chart.file(shown.group(1));

    try (ApiServer server = ApiServer.start()) {
      new Helm(packaged)
          .install()
          .withName("plant")
          .withValuesFile(values)
          .withKubeConfigContents(server.access())
          .disableOpenApiValidation()
          .call();
      String revision =
          new Helm(packaged)
              .upgrade()
              .withName("plant")
              .withValuesFile(values)
              .withKubeConfigContents(server.access())
              .disableOpenApiValidation()
              .call()
              .getRevision();

      assertThat(revision).isEqualTo("2");
      assertThat(Chart.only(server.installed(), "StatefulSet").at("/spec/template").toString())
          .contains("registry.example.org/kelbo:0.1.0");
    }
  }

  /** Those that install or upgrade. */
  private static List<PageCommands> helm() throws Exception {
    List<PageCommands> commands = new ArrayList<>(PageCommands.shown());
    commands.addAll(PageCommands.mentioned("helm"));
    return commands.stream()
        .filter(command -> command.words().matches("helm (install|upgrade) .*"))
        .toList();
  }
}
