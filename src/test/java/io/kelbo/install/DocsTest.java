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

/** What the pages on installing say, as far as it can be held against what there is. */
class DocsTest {
  private static final Path DOCS = Command.HOME.resolve("docs");
  private static final List<String> PAGES = List.of("install.md", "sizing.md", "upgrade.md");

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

  @Test
  void shouldNameOnlyCommandsAndFilesThatThereAre() throws Exception {
    String commands = Files.readString(Command.HOME.resolve("README.md"));
    for (String name : PAGES) {
      assertThat(found("bin/kelbo ([a-z]+)", page(name)))
          .allSatisfy(command -> assertThat(commands).contains("`bin/kelbo " + command));
      assertThat(found("\\]\\(([^)#:]+)[)#]", page(name)))
          .allSatisfy(link -> assertThat(DOCS.resolve(link)).exists());
      assertThat(found("(?:^|\\s|`)((?:docker|helm|\\.ci)/[A-Za-z./]+)", page(name)))
          .allSatisfy(file -> assertThat(Command.HOME.resolve(file)).exists());
    }
  }

  @Test
  void shouldShowConfigurationsAndValuesThatAreTaken(@TempDir Path folder) throws Exception {
    List<String> shown = found("```yaml\n(.*?)```", page("install.md"));
    Chart chart = Chart.packagedIn(folder);

    assertThat(shown).hasSize(2);
    assertThat(new SettingsReader().read(shown.get(0), "install.md").input().topic())
        .hasToString("plant.telemetry");
    assertThat(Chart.kind(chart.manifests(shown.get(1)), "StatefulSet")).hasSize(1);
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
