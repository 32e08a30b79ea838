package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartReadmeTest {
  private static final String BEGIN = "<!-- values -->\n";
  private static final String END = "<!-- /values -->";

  @Test
  void shouldSayInTheReadmeWhatTheValuesSay() throws Exception {
    String readme = Files.readString(Chart.SOURCE.resolve("README.md"));

    int from = readme.indexOf(BEGIN) + BEGIN.length();
    int to = readme.indexOf(END);

    // Print it anew: java -cp 'target/test-classes:target/lib/*' io.kelbo.install.ChartReadme
    assertThat(readme.substring(from, to)).isEqualTo(ChartReadme.table());
  }

  @Test
  void shouldExplainAndCheckEachValue() throws Exception {
    JsonNode values = new YAMLMapper().readTree(Chart.SOURCE.resolve("values.yaml").toFile());
    JsonNode schema =
        new ObjectMapper().readTree(Chart.SOURCE.resolve("values.schema.json").toFile());
    List<String> explained = ChartReadme.values().stream().map(ChartReadme.Value::path).toList();

    List<String> keys = new ArrayList<>();
    values
        .fields()
        .forEachRemaining(
            top -> {
              assertThat(schema.path("properties").has(top.getKey())).as(top.getKey()).isTrue();
              if (explained.contains(top.getKey())) {
                keys.add(top.getKey());
              } else {
                top.getValue()
                    .fieldNames()
                    .forEachRemaining(name -> keys.add(top.getKey() + "." + name));
              }
            });

    assertThat(explained).containsExactlyElementsOf(keys);
    for (String key : keys) {
      String pointer = "/properties/" + key.replace(".", "/properties/");
      assertThat(schema.at(pointer).isMissingNode()).as(key + " in the schema").isFalse();
    }
  }
}
