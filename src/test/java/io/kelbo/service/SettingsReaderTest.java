package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kelbo.decide.AlarmBudget;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.topology.InputTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  private static final String SMALLEST =
      "kafka: { bootstrap.servers: 'localhost:9092' }\ninput: { topic: plant }\n";

  private final SettingsReader reader = new SettingsReader(Map.of());

  private Settings read(String yaml) throws SettingsProblems {
    return reader.read(yaml, "test");
  }

  private SettingsProblems refusal(String yaml) {
    SettingsProblems problems = catchThrowableOfType(SettingsProblems.class, () -> read(yaml));
    assertThat(problems).as(yaml).isNotNull();
    return problems;
  }

  @Test
  void shouldReadTheSmallestConfigurationWithAllDefaults() throws SettingsProblems {
    Settings settings = read(SMALLEST);

    assertThat(settings.name()).isEqualTo("kelbo");
    assertThat(settings.kafka()).containsOnly(Map.entry("bootstrap.servers", "localhost:9092"));
    assertThat(settings.roles())
        .containsExactlyInAnyOrder(Settings.Role.SCORE, Settings.Role.TRAIN);
    assertThat(settings.input().from()).isEqualTo("latest");
    assertThat(settings.input().entity()).isNull();
    assertThat(settings.input().fields()).isEmpty();
    assertThat(settings.input().maxBytes()).isEqualTo(1_048_576);
    assertThat(settings.warmUp()).isEqualTo(new Settings.WarmUp(500, Duration.ofMinutes(1), 0));
    assertThat(settings.budget()).isEqualTo(new AlarmBudget.PerTime(5, Duration.ofDays(1)));
    assertThat(settings.allVerdicts()).isTrue();
    assertThat(settings.retrain())
        .isEqualTo(
            new Settings.Retrain(
                Duration.ofMinutes(10),
                Duration.ofHours(24),
                20_000,
                Duration.ofMinutes(30),
                1,
                1));
    assertThat(settings.guarantee()).isEqualTo("exactly_once_v2");
    assertThat(settings.http()).isEqualTo(new Settings.Http("127.0.0.1", 8080));
    assertThat(settings.createTopics()).isTrue();
    assertThat(settings.instance()).isNull();
  }

  @Test
  void shouldReadEveryKey() throws SettingsProblems {
    Settings settings =
        read(
            """
            name: plant-a
            kafka:
              bootstrap.servers: [ "a:9092", "b:9093" ]
              security.protocol: SASL_SSL
              consumer: { max.poll.records: 100 }
            roles: [ score ]
            input:
              topic: plant.telemetry
              from: PT1H
              format: json
              entity: pump.id
              time: ts
              fields:
                - { name: motor.current, kind: quantity }
                - name: mode
                  kind: category
              ignore: [ serial, meta ]
              late: PT5M
              max-bytes: 5000
            alarms.budget: 0.001
            verdicts: none
            segment: pump.kind
            warmup: { records: 200, time: PT10S }
            retrain: { every: never, window: P7D, sample: 50000, layers: 2, threads: 4 }
            output: { format: json }
            guarantee: at_least_once
            http: { host: 0.0.0.0, port: 0 }
            state: { dir: /var/lib/kelbo }
            topics: { create: false }
            instance: kelbo-0
            seed: -7
            """);

    assertThat(settings.kafka())
        .containsEntry("bootstrap.servers", "a:9092,b:9093")
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("consumer.max.poll.records", "100");
    assertThat(settings.roles()).containsExactly(Settings.Role.SCORE);
    assertThat(settings.input())
        .isEqualTo(
            new Settings.Input(
                InputTopics.of("plant.telemetry"),
                "PT1H",
                "pump.id",
                "ts",
                List.of(
                    new Field("motor.current", FieldKind.QUANTITY),
                    new Field("mode", FieldKind.CATEGORY)),
                java.util.Set.of("serial", "meta"),
                Duration.ofMinutes(5),
                5000,
                "pump.kind",
                0));
    assertThat(settings.budget()).isEqualTo(new AlarmBudget.PerRecord(0.001));
    assertThat(settings.allVerdicts()).isFalse();
    assertThat(settings.retrain())
        .isEqualTo(
            new Settings.Retrain(null, Duration.ofDays(7), 50_000, Duration.ofMinutes(30), 2, 4));
    assertThat(settings.stateDir()).isEqualTo(Path.of("/var/lib/kelbo"));
    assertThat(settings)
        .extracting("createTopics", "instance", "seed")
        .containsExactly(false, "kelbo-0", -7L);
  }

  @Test
  void shouldSayAllProblemsAtOnceEachWithItsLine() {
    SettingsProblems problems =
        refusal(
            """
            kafka: { bootstrap.servers: "localhost" }
            input:
              topik: plant
              from: yesterday
            http: { port: 99999 }
            retrain: { every: PT2H, window: PT1H }
            """);

    assertThat(problems.problems()).extracting("line").containsExactly(1, 3, 4, 5, 0, 6);
    assertThat(problems)
        .hasMessageContaining("test has 6 problems:")
        .hasMessageContaining(
            "line 5: http.port is '99999' but must be a whole number from 0 to 65535. Give such a"
                + " value, or leave the key out for '8080'.")
        .hasMessageContaining("Did you mean 'input.topic'?")
        .hasMessageContaining("input.topic is missing")
        .hasMessageContaining("retrain.window is 'PT1H' but must be at least retrain.every");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name: 'a b'|name is 'a b' but must be 1 to 100 letters",
        "roles: [score, cook]|roles[1] is 'cook' but must be a list of 'score' and 'train'",
        "input.format: xml|input.format is 'xml' but must be 'auto', 'json', 'avro-confluent'",
        "input.format: avro|input.format is 'avro' but input.schema is missing",
        "input.format: avro-confluent|input.format is 'avro-confluent' but registry.urls is missing",
        "registry.urls: 'http://a:b@c'|registry.urls is",
        "registry.auth.user: me|registry.auth.user and registry.auth.password must be given together",
        "output.format: xml|output.format is 'xml' but must be 'auto', 'json' or 'avro'",
        "segment: ' '|segment is '' but must be the dotted path of a field",
        "input.late: 5m|input.late is '5m' but must be a duration",
        "input.max-bytes: 1e6|input.max-bytes is '1e6' but must be a whole number",
        "alarms.budget: 1.4|alarms.budget is '1.4' but must be false alarms per time",
        "alarms: 5|alarms is '5' but must hold keys of its own: alarms.budget",
        "verdicts: some|verdicts is 'some' but must be 'all' or 'none'",
        "warmup.records: 10|warmup.records is '10' but must be a whole number from 50",
        "retrain.every: 10|retrain.every is '10' but must be 'never', or a duration",
        "retrain.sample: 1|retrain.sample is '1' but must be a whole number from 2000",
        "guarantee: exactly_once|guarantee is 'exactly_once' but must be 'exactly_once_v2' or",
        "topics.create: maybe|topics.create is 'maybe' but must be 'true' or 'false'",
        "seed: x|seed is 'x' but must be a whole number",
        "port: 8080|Did you mean 'http.port'?",
        "input.fields: [pressure]|input.fields[0] is 'pressure' but must hold keys of its own",
        "input.fields: [{name: a, kind: float}]|[0].kind is 'float' but must be 'quantity', 'count'",
        "input.fields: [{name: a}]|input.fields[0].kind is missing but must be 'quantity'",
        "input.fields: [{name: a, kind: flag},{name: a, kind: flag}]|must differ from the others",
        "input.time: {field: ts}|there is no such key. Did you mean 'input.time'?",
        "input.topics: [a, b]|input.topics is given beside input.topic but only one of",
        "input.pattern: a|input.pattern is given beside input.topic but only one of",
        "kafka.acks: none|kafka.acks is 'none' but Kafka wants",
        "kafka.max.poll.records: many|kafka.max.poll.records is 'many' but Kafka wants",
        "kafka.consumer.max.poll.records: 0|kafka.consumer.max.poll.records is '0' but Kafka wants",
        "kafka.application.id: x|kafka.application.id is 'x' but must not be set",
        "kafka.consumer.isolation.level: read_uncommitted|but must not be set: only committed records",
        "instance: 'a b'|instance is 'a b' but must be",
        "state.dir: ' '|state.dir is '' but must be the path of a directory",
      })
  void shouldSayWhatIsAllowedAndWhatToDo(String yaml, String sentence) {
    SettingsProblems problems = refusal(SMALLEST + yaml + "\n");

    assertThat(problems.problems()).hasSize(1);
    assertThat(problems).hasMessageContaining(sentence);
  }

  @Test
  void shouldRefuseToWatchItsOwnTopics() {
    assertThat(refusal("kafka.bootstrap.servers: 'a:1'\ninput.topic: kelbo.verdicts\n"))
        .hasMessageContaining("must not be a topic that Kelbo writes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`name: a\nname: b`|line 2: name is given again, first in line 1; keep one.",
        "`http: {port: 1}\nname: a\nhttp: {port: 2}`|line 3: http is given again, first in line 1",
        "`http.port: 1\nhttp: {port: 2}`|line 2: http.port is given again, first in line 1",
        "`name: 'open\n`|this is not YAML",
        "`a: [1\nb: {`|line 2: this is not YAML",
        "`name: a: b`|line 1: this is not YAML: mapping values are not allowed here",
        "`\tname: a`|line 1: this is not YAML",
        "`- name`|must hold keys and values",
        "`just text`|must hold keys and values",
        "`name: a\n---\nname: b`|a second YAML document begins here",
        "`name: &n a\ninstance: *n`|is a YAML alias",
      })
  void shouldSayWhereTheYamlIsBroken(String yaml, String sentence) {
    assertThat(refusal(yaml)).hasMessageContaining(sentence);
  }

  @Test
  void shouldAskForWhatIsMissingInAnEmptyFile() {
    for (String nothing : List.of("", "# nothing\n", "{}", "input:\n")) {
      assertThat(refusal(nothing).problems())
          .extracting(problem -> problem.text().split(" ")[0])
          .containsExactly("kafka.bootstrap.servers", "input.topic");
    }
  }

  @Test
  void shouldSayThatTheFileDoesNotExist(@TempDir Path folder) {
    assertThatThrownBy(() -> reader.read(folder.resolve("kelbo.yaml")))
        .isInstanceOf(SettingsProblems.class)
        .hasMessageContainingAll(
            "kelbo.yaml'", "does not exist", "input: { topic: plant.telemetry }");
  }
}
