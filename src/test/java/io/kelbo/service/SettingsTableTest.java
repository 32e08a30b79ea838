package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTableTest {
  @Test
  void shouldStandInTheReadmeAsInTheCode() throws Exception {
    String readme = Files.readString(Path.of(System.getProperty("kelbo.home", "."), "README.md"));
    String begin = "<!-- configuration -->\n";
    int from = readme.indexOf(begin) + begin.length();
    int to = readme.indexOf("<!-- /configuration -->");

    assertThat(from).as("the markers in README.md").isGreaterThan(begin.length() - 1);
    // Print it anew: java -cp "target/classes:target/lib/*" io.kelbo.service.SettingsTable
    assertThat(readme.substring(from, to).strip()).isEqualTo(SettingsTable.markdown().strip());
  }

  @Test
  void shouldKeepEachRowInOneLineWithoutBars() {
    assertThat(SettingsTable.markdown().lines())
        .allSatisfy(line -> assertThat(line.chars().filter(c -> c == '|').count()).isEqualTo(5));
  }

  @Test
  void shouldShowEveryKey() throws SettingsProblems {
    Map<String, String> shown =
        ShownSettings.of(
            new SettingsReader(Map.of())
                .read("kafka.bootstrap.servers: 'localhost:9092'\ninput.topic: plant\n", "test"));

    assertThat(SettingKeys.all())
        .allMatch(setting -> shown.containsKey(setting.key().replaceAll("\\[].*", "")));
  }
}
