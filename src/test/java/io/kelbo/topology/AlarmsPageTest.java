package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.model.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules that the pages show as JSON. */
class AlarmsPageTest {
  private static final Path HOME = Path.of(System.getProperty("kelbo.home", "."));
  private static final Pattern JSON = Pattern.compile("(?s)```json\\n(.*?)```");

  @Test
  void shouldShowARuleOfEachKindThatCanBePut() throws Exception {
    Set<Rule.Kind> kinds = EnumSet.noneOf(Rule.Kind.class);
    for (Rule rule : rules(HOME.resolve("docs/alarms.md"))) {
      kinds.add(rule.kind());
    }

    assertThat(kinds).containsExactlyInAnyOrder(Rule.Kind.values());
  }

  @Test
  void shouldShowOnNoPageARuleThatIsRefused() throws Exception {
    int shown = 0;
    for (Path page : pages()) {
      shown += rules(page).size();
    }

    assertThat(shown).as("rules on all pages").isGreaterThanOrEqualTo(6);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(HOME.resolve("docs"))) {
      List<Path> pages = new ArrayList<>(List.of(HOME.resolve("README.md")));
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
      return pages;
    }
  }

  /** One rule or an array of them in each block, as {@code rules put} takes them. */
  private static List<Rule> rules(Path page) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Rule> rules = new ArrayList<>();
    Matcher block = JSON.matcher(Files.readString(page));
    while (block.find()) {
      JsonNode shown = json.readTree(block.group(1));
      for (JsonNode rule : shown.isArray() ? shown : List.of(shown)) {
        rules.add(RuleJson.read(json.writeValueAsBytes(rule), Instant.EPOCH, null));
      }
    }
    return rules;
  }
}
