package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.model.Model;
import io.kelbo.observe.Label;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of people, from their topic to verdicts. */
class RulesTest {
  private static Model model;

  @BeforeAll
  static void learn() {
    model = FirstModels.model(1);
  }

  /** The verdict on a row whose pressure is 9 too high, under a rule. */
  private static JsonNode strange(String id, String rule) {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.rows(400, 460);
      bench.rule(id, rule);
      bench.row(460, PlantRows.strange(460));
      List<JsonNode> verdicts = bench.verdicts();
      return verdicts.get(verdicts.size() - 1);
    }
  }

  private static String rule(String more) {
    return "{\"id\": \"r1\", \"reason\": \"known\", \"at\": \"2026-11-22T08:00:00Z\", "
        + more
        + "}";
  }

  @Test
  void shouldSuppressWhatFallsIntoMaintenanceAndKeepItsScore() {
    JsonNode verdict =
        strange(
            "r1",
            rule(
                "\"kind\": \"maintenance\", \"entity\": \"pump-4\","
                    + " \"from\": \"2026-11-22T08:00:00Z\", \"to\": \"2026-11-22T09:00:00Z\""));

    assertThat(verdict.get("verdict").asText()).isEqualTo("suppressed");
    assertThat(verdict.get("reason").asText()).isEqualTo("rule 'r1': known");
    assertThat(verdict.get("p_value").asDouble()).isLessThan(verdict.get("threshold_p").asDouble());
    assertThat(verdict.get("fields").get(0).get("name").asText()).isEqualTo("pressure");
    assertThat(verdict.has("episode")).isFalse();
  }

  @Test
  void shouldAlarmOutsideOfTheMaintenance() {
    String other = rule("\"kind\": \"maintenance\", \"entity\": \"pump-1\"");
    String over = rule("\"kind\": \"maintenance\", \"to\": \"2026-11-22T08:01:00Z\"");

    assertThat(strange("r1", other).get("verdict").asText()).isEqualTo("anomaly");
    assertThat(strange("r1", over).get("verdict").asText()).isEqualTo("anomaly");
  }

  @Test
  void shouldHeedTheDirectionOfAField() {
    String below =
        rule("\"kind\": \"direction\", \"field\": \"pressure\", \"direction\": \"below\"");
    String above =
        rule("\"kind\": \"direction\", \"field\": \"pressure\", \"direction\": \"above\"");

    assertThat(strange("r1", below).get("verdict").asText()).isEqualTo("suppressed");
    assertThat(strange("r1", above).get("verdict").asText()).isEqualTo("anomaly");
  }

  @Test
  void shouldHeedTheLeastDeviationOfAField() {
    String ten = rule("\"kind\": \"minimum_deviation\", \"field\": \"pressure\", \"minimum\": 10");
    String five = rule("\"kind\": \"minimum_deviation\", \"field\": \"pressure\", \"minimum\": 5");
    String fold =
        rule("\"kind\": \"minimum_deviation\", \"field\": \"pressure\", \"minimum_relative\": 9");

    assertThat(strange("r1", ten).get("verdict").asText()).isEqualTo("suppressed");
    assertThat(strange("r1", five).get("verdict").asText()).isEqualTo("anomaly");
    assertThat(strange("r1", fold).get("verdict").asText()).isEqualTo("suppressed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "maintenance       | \"kind\": \"maintenance\"",
        "direction         | \"kind\": \"direction\", \"field\": \"pressure\", \"direction\": \"below\"",
        "minimum_deviation | \"kind\": \"minimum_deviation\", \"field\": \"pressure\", \"minimum\": 10",
      })
  void shouldCountWhatIsSuppressedByTheKindOfTheRule(String kind, String rule) {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.rows(400, 459);
      bench.rule("r1", rule(rule));
      bench.row(460, PlantRows.strange(460));

      assertThat(bench.meters.byTag("kelbo.suppressed", "rule")).containsExactly(entry(kind, 1L));
      assertThat(Label.RULE.words()).contains(kind);
    }
  }

  @Test
  void shouldCallWhatLeavesAHardRangeAnAnomalyUntilTheRuleEnds() {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.rows(400, 460);
      bench.rule("r1", rule("\"kind\": \"range\", \"field\": \"pressure\", \"high\": 0"));
      bench.rows(460, 461);
      bench.rule("r1", null);
      bench.rows(461, 462);

      List<JsonNode> verdicts = bench.verdicts();
      assertThat(verdicts.get(60).get("verdict").asText()).isEqualTo("anomaly");
      assertThat(verdicts.get(60).get("reason").asText())
          .startsWith("pressure is ")
          .endsWith(", above 0.0, rule 'r1': known");
      assertThat(verdicts.get(60).get("episode").get("state").asText()).isEqualTo("opened");
      assertThat(verdicts.get(61).get("verdict").asText()).isEqualTo("normal");
    }
  }

  @Test
  void shouldCountARuleThatCannotBeReadAndGoOn() {
    try (ScoringBench bench = new ScoringBench(model)) {
      bench.rule("bad", "{\"id\": \"bad\"}");
      bench.rule("worse", "no JSON");
      bench.rule("other", rule("\"kind\": \"maintenance\""));
      bench.rows(0, 3);

      assertThat(bench.verdicts()).hasSize(3);
      assertThat(bench.meters.total("kelbo.refused.rules")).isEqualTo(3);
      assertThat(bench.json(ScoringBench.TOPICS.lifecycle()))
          .hasSize(3)
          .allMatch(event -> event.get("event").asText().equals("refused"))
          .anyMatch(event -> event.get("reason").asText().startsWith("rule 'bad' cannot be read"));
    }
  }

  @Test
  void shouldNameEachProblemOfARule() {
    byte[] bad =
        FirstModels.bytes(
            "{\"kind\": \"rnge\", \"from\": \"today\", \"low\": \"one\", \"colour\": \"red\"}");

    assertThatThrownBy(() -> RuleJson.read(bad, Instant.EPOCH, null))
        .hasMessageContaining("'id' is missing")
        .hasMessageContaining("'kind' is 'rnge' but must be one of maintenance, direction")
        .hasMessageContaining("'from' is 'today' but must be a time")
        .hasMessageContaining("'low' is 'one' but must be a number")
        .hasMessageContaining("'colour' is not known")
        .hasMessageContaining("'reason' is missing");
  }

  @Test
  void shouldReadTheRuleThatWasWritten() throws Exception {
    byte[] json =
        FirstModels.bytes(
            rule(
                "\"kind\": \"range\", \"field\": \"pressure\", \"low\": 0.5, \"entity\": \"pump-1\","
                    + " \"by\": \"ann\""));

    var rule = RuleJson.read(json, Instant.EPOCH, null);

    assertThat(RuleJson.read(RuleJson.write(rule), Instant.EPOCH, null)).isEqualTo(rule);
  }
}
