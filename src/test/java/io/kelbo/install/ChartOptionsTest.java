package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * That no option of the chart is without effect: each is rendered with and without another value.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartOptionsTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  @TempDir private static Path folder;
  private final Map<String, List<JsonNode>> without = new ConcurrentHashMap<>();
  private Chart chart;

  @BeforeAll
  void lay() throws Exception {
    chart = Chart.packagedIn(folder);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/chart-options.txt", delimiter = '|', quoteCharacter = '`')
  void shouldRenderSomethingElseForEachOption(String path, String needs, String value)
      throws Exception {
    String base = Chart.MINIMAL + (needs == null ? "" : needs.replace("; ", "\n") + "\n");

    List<JsonNode> with = chart.manifests(set(base, path, value));

    assertThat(with).isNotEqualTo(without.computeIfAbsent(base, chart::manifests));
    assertThat(with).flatMap(StrictManifest::strangers).isEmpty();
  }

  @Test
  void shouldTryEachOptionOfTheChart() throws Exception {
    List<String> tried =
        Files.readAllLines(Command.HOME.resolve("src/test/resources/chart-options.txt")).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.substring(0, line.indexOf('|')).strip())
            .toList();

    assertThat(tried)
        .containsExactlyElementsOf(
            ChartReadme.values().stream().map(ChartReadme.Value::path).toList());
  }

  /** The values with one more, its name as the table of the chart's README has it. */
  private static String set(String values, String path, String value) throws IOException {
    ObjectNode tree = (ObjectNode) YAML.readTree(values);
    ObjectNode parent = tree;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i < names.length - 1; i++) {
      parent = parent.withObjectProperty(names[i]);
    }
    parent.set(names[names.length - 1], YAML.readTree(value));
    return YAML.writeValueAsString(tree);
  }
}
