package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kelbo.record.Field;
import io.kelbo.topology.InputTopics;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What says which topics are watched. */
class InputKeysTest {
  @Test
  void shouldReadSeveralInputsOrAPattern() throws SettingsProblems {
    String kafka = "kafka.bootstrap.servers: 'a:1'\n";

    InputTopics listed =
        read(kafka + "input: { topics: [plant.a, plant.b, plant.a] }").input().topic();
    InputTopics matched = read(kafka + "input: { pattern: 'plant\\.[a-z]{1,3}' }").input().topic();

    assertThat(listed.names()).containsExactly("plant.a", "plant.b");
    assertThat(matched.pattern()).isEqualTo("plant\\.[a-z]{1,3}");
    assertThat(ShownSettings.of(read(kafka + "input.topics: [a, b]")))
        .containsEntry("input.topic", "none")
        .containsEntry("input.topics", "a, b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "input.topics: [a, 'b c']|input.topics[1] is 'b c' but must be a list of names",
        "input.topics: []|input.topic",
        "input.topics: [a, kelbo.verdicts]|input.topics is 'kelbo.verdicts' but must not be",
        "input.pattern: 'a('|input.pattern is 'a(' but must be a Java regular expression",
        "input: {}|Several are named with input.topics or input.pattern.",
      })
  void shouldSayWhatMayBeWatched(String yaml, String sentence) {
    SettingsProblems problems = refused("kafka.bootstrap.servers: 'a:1'\n" + yaml + "\n");

    assertThat(problems.problems()).hasSize(1);
    assertThat(problems).hasMessageContaining(sentence);
  }

  @Test
  void shouldRefuseAPatternWhereKafkaTakesNone() {
    assertThat(
            refused(
                "kafka: { bootstrap.servers: 'a:1', group.protocol: streams }\ninput.pattern: a.*\n"))
        .hasMessageContaining("Name the topics with input.topics");
  }

  @Test
  void shouldReadTargets() throws SettingsProblems {
    Settings settings =
        read(
            "kafka.bootstrap.servers: 'a:1'\ninput: { topic: t, fields: ["
                + "{name: a, kind: quantity}, {name: load, kind: quantity, role: target}] }\n");

    assertThat(settings.input().fields()).extracting(Field::target).containsExactly(false, true);
    assertThat(ShownSettings.of(settings))
        .containsEntry("input.fields", "a: quantity, load: quantity (target)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{name: a, kind: quantity, role: target}|has nothing but targets",
        "{name: a, kind: count}, {name: b, kind: count, role: target}|input.fields[1].kind is"
            + " 'count' but a target must be a 'quantity' or a 'category'",
        "{name: a, kind: count, role: label}|input.fields[0].role is 'label' but must be 'input'"
            + " or 'target'",
        "{name: a, kind: count}, {name: a, kind: quantity}|must differ from the others",
      })
  void shouldSayWhichFieldsMayBeTargets(String fields, String sentence) {
    SettingsProblems problems =
        refused(
            "kafka.bootstrap.servers: 'a:1'\ninput: { topic: t, fields: [%s] }\n"
                .formatted(fields));

    assertThat(problems.problems()).hasSize(1);
    assertThat(problems).hasMessageContaining(sentence);
  }

  private static Settings read(String yaml) throws SettingsProblems {
    return new SettingsReader(Map.of()).read(yaml, "test");
  }

  private static SettingsProblems refused(String yaml) {
    return catchThrowableOfType(SettingsProblems.class, () -> read(yaml));
  }
}
