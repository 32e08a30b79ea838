package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.service.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages show and lead to, held against what there is; {@link PagesTest} runs commands. */
class DocsTest {
  private static final Path DOCS = Command.HOME.resolve("docs");

  private static List<String> found(String pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static String page(String name) throws IOException {
    return Files.readString(DOCS.resolve(name));
  }

  /** Values of the chart hold a configuration, and are none. */
  private static boolean ofTheChart(String yaml) {
    return yaml.lines().anyMatch(line -> line.startsWith("config:"));
  }

  @Test
  void shouldLeadOnlyToFilesThatThereAre() throws Exception {
    for (Path page : PageCommands.pages()) {
      String text = Files.readString(page);
      assertThat(found("\\]\\(([^)#:]+)[)#]", text))
          .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
      assertThat(found("(?:^|\\s|`)((?:docker|helm|grafana|\\.ci)/[A-Za-z./]+)", text))
          .allSatisfy(file -> assertThat(Command.HOME.resolve(file)).exists());
    }
  }

  @Test
  void shouldTellKcatWhichBrokerAndTopicAndWhatToDo() throws Exception {
    List<String> commands = new ArrayList<>();
    for (Path page : PageCommands.pages()) {
      commands.addAll(found("(kcat -[^`\n]+)", Files.readString(page)));
    }
    // How to hand it a file of passwords, not a command.
    commands.remove("kcat -F FILE");

    assertThat(commands)
        .hasSizeGreaterThan(5)
        .allSatisfy(
            command -> assertThat(command).contains(" -b ", " -t ").containsPattern(" -[CPL]\\b"));
  }

  @Test
  void shouldShowOnlyConfigurationsThatAreTaken() throws Exception {
    for (Path page : PageCommands.pages()) {
      for (String shown : found("```yaml\n(.*?)```", Files.readString(page))) {
        if (!ofTheChart(shown)) {
          String whole = shown.replaceAll("\\$\\{[^}]*}", "a-secret-of-sixteen-letters");
          whole += shown.contains("kafka:") ? "" : "kafka.bootstrap.servers: 'kafka:9092'\n";
          whole += shown.contains("input:") ? "" : "input.topic: plant\n";
          new SettingsReader().read(whole, page.toString());
        }
      }
    }
  }

  @Test
  void shouldShowValuesThatTheChartTakes(@TempDir Path folder) throws Exception {
    Chart chart = Chart.packagedIn(folder);
    List<String> shown = new ArrayList<>();
    for (Path page : PageCommands.pages()) {
      found("```yaml\n(.*?)```", Files.readString(page)).stream()
          .filter(DocsTest::ofTheChart)
          .forEach(shown::add);
    }

    assertThat(shown)
        .hasSize(2)
        .allSatisfy(
            values -> assertThat(Chart.kind(chart.manifests(values), "StatefulSet")).hasSize(1));
  }

  @Test
  void shouldNameThePackageThatTheScriptMakes(@TempDir Path folder) throws Exception {
    Chart chart = Chart.packagedIn(folder);

    List<String> named = found("target/helm/(kelbo-chart-[^ ]*\\.tgz)", page("install.md"));
    assertThat(named)
        .isNotEmpty()
        .allSatisfy(file -> assertThat(chart.folder().resolveSibling(file)).exists());
  }
}
