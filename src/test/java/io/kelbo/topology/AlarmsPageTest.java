package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.model.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/alarms.md}. */
class AlarmsPageTest {
  @Test
  void shouldShowARuleOfEachKindThatCanBePut() throws Exception {
    Path page = Path.of(System.getProperty("kelbo.home", "."), "docs", "alarms.md");
    String text = Files.readString(page);
    int from = text.indexOf("```json") + "```json".length();
    ObjectMapper json = new ObjectMapper();

    Set<Rule.Kind> kinds = EnumSet.noneOf(Rule.Kind.class);
    for (JsonNode rule : json.readTree(text.substring(from, text.indexOf("```", from)))) {
      kinds.add(RuleJson.read(json.writeValueAsBytes(rule), Instant.EPOCH, null).kind());
    }

    assertThat(kinds).containsExactlyInAnyOrder(Rule.Kind.values());
  }
}
