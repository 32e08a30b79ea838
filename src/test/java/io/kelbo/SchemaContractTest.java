package io.kelbo;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.context.Said;
import io.kelbo.model.Episode;
import io.kelbo.model.FieldFinding;
import io.kelbo.model.ModelId;
import io.kelbo.model.Rule;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import io.kelbo.record.Source;
import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.Value;
import io.kelbo.topology.Feedback;
import io.kelbo.topology.LifecycleEvent;
import io.kelbo.topology.RuleJson;
import io.kelbo.topology.Topics;
import io.kelbo.topology.VerdictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keeps {@code schemas/} and what is written in step. */
class SchemaContractTest {
  private static final Instant TIME = Instant.parse("2026-11-22T08:13:00.123Z");
  private static final Source SOURCE = new Source("plant.telemetry", 0, 81231);

  @Test
  void shouldParseEachSchema() throws IOException {
    List<Path> files = schemaFiles();

    assertThat(files).isNotEmpty();
    for (Path file : files) {
      assertThat(JsonFit.schema(file.getFileName().toString().replace(".avsc", "")).getDoc())
          .as("doc of %s", file)
          .isNotBlank();
    }
  }

  @Test
  void shouldListEachTopicWithItsSchema() throws IOException {
    String readme = Files.readString(JsonFit.SCHEMAS.resolve("README.md"));
    Set<String> listed = all(readme, "(?m)^\\| `([a-z-]+)` \\|");
    Set<String> linked = all(readme, "\\(([A-Za-z]+\\.avsc)\\)");

    assertThat(listed)
        .isEqualTo(
            new Topics("x", "input")
                .own().stream().map(topic -> topic.substring(2)).collect(Collectors.toSet()));
    assertThat(linked)
        .isEqualTo(
            schemaFiles().stream()
                .map(file -> file.getFileName().toString())
                .collect(Collectors.toSet()));
  }

  @Test
  void shouldWriteAFullVerdictAsDeclared() throws IOException {
    Verdict verdict =
        verdict(
            VerdictKind.ANOMALY,
            0.5,
            new Episode(SOURCE.id(), Episode.State.OPENED),
            List.of(
                finding("pressure", new Value.Number(9.1), new Value.Number(4.2), 3.8, 4.6),
                finding("open", new Value.Flag(true), new Value.Flag(false), Double.NaN, 1),
                finding("mode", new Value.Text("idle"), new Value.Text("run"), 0, Double.NaN),
                finding("flow", null, new Value.Number(4.2), 3.8, 4.6)));

    assertThat(JsonFit.misfits("Verdict", VerdictJson.write(verdict))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(VerdictKind.class)
  void shouldWriteABareVerdictAsDeclared(VerdictKind kind) throws IOException {
    Verdict verdict =
        new Verdict(
            SOURCE.id(),
            "pump-3",
            TIME,
            kind,
            "why",
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            null,
            null,
            List.of(),
            null);

    assertThat(JsonFit.misfits("Verdict", VerdictJson.write(verdict))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Episode.State.class)
  void shouldWriteEachEpisodeStateAsDeclared(Episode.State state) throws IOException {
    Verdict verdict =
        verdict(VerdictKind.ANOMALY, 1e-300, new Episode(SOURCE.id(), state), List.of());

    assertThat(JsonFit.misfits("Verdict", VerdictJson.write(verdict))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(LifecycleEvent.Kind.class)
  void shouldWriteEachLifecycleEventAsDeclared(LifecycleEvent.Kind kind) throws IOException {
    var bare = new LifecycleEvent("default", kind, TIME, null, "why", Map.of());
    var full = new LifecycleEvent("default", kind, TIME, 7, "why", Map.of("held_out_nll", 1.5));

    assertThat(JsonFit.misfits("LifecycleEvent", bare.write())).isEmpty();
    assertThat(JsonFit.misfits("LifecycleEvent", full.write())).isEmpty();
  }

  @Test
  void shouldWriteRulesAndFeedbackAsDeclared() throws IOException {
    Rule rule =
        new Rule(
            "r1",
            Rule.Kind.MINIMUM_DEVIATION,
            "default",
            "pump-3",
            "pressure",
            TIME,
            TIME.plusSeconds(1),
            null,
            0.5,
            0.1,
            Double.NaN,
            Double.NaN,
            "why",
            TIME,
            "ann");
    Feedback word =
        new Feedback(
            SOURCE.id(),
            "pump-3",
            "default",
            TIME,
            Said.FALSE_ALARM,
            TIME,
            Map.of("pressure", 9.1, "open", true, "mode", "idle"),
            7,
            "ann",
            "note");

    assertThat(JsonFit.misfits("Rule", RuleJson.write(rule))).isEmpty();
    assertThat(JsonFit.misfits("Feedback", word.write())).isEmpty();
  }

  @Test
  void shouldUseTheSameWordsAsTheSchemas() throws IOException {
    Schema verdict = JsonFit.schema("Verdict");
    Schema deadLetter = JsonFit.schema("DeadLetter");

    assertThat(verdict.getField("verdict").schema().getEnumSymbols())
        .isEqualTo(Arrays.stream(VerdictKind.values()).map(VerdictKind::word).toList());
    assertThat(deadLetter.getField("reason").schema().getEnumSymbols())
        .containsExactlyElementsOf(
            Stream.concat(
                    Arrays.stream(UnreadableRecord.Reason.values())
                        .map(UnreadableRecord.Reason::word),
                    Stream.of("unexpected"))
                .toList());
  }

  @Test
  void shouldNoticeWhatDoesNotFit() throws IOException {
    String json =
        """
        {"id": 1, "entity": "e", "time": "yesterday", "verdict": "odd", "p_value": "low", "extra": 1}
        """;

    assertThat(JsonFit.misfits("Verdict", json.getBytes(StandardCharsets.UTF_8)))
        .anyMatch(misfit -> misfit.startsWith("Verdict.id is 1"))
        .anyMatch(misfit -> misfit.startsWith("Verdict.time is \"yesterday\""))
        .anyMatch(misfit -> misfit.startsWith("Verdict.verdict is \"odd\""))
        .anyMatch(misfit -> misfit.startsWith("Verdict.p_value is \"low\""))
        .contains("Verdict.reason is required and not written")
        .contains("Verdict.extra is written and not declared")
        .hasSize(6);
  }

  private static Verdict verdict(
      VerdictKind kind, double figure, Episode episode, List<FieldFinding> findings) {
    return new Verdict(
        SOURCE.id(),
        "pump-3",
        TIME,
        kind,
        "p below budget",
        figure,
        figure,
        figure,
        figure,
        figure,
        figure,
        episode,
        new ModelId("default", 7),
        findings,
        SOURCE);
  }

  private static FieldFinding finding(
      String name, @Nullable Value value, Value expected, double low, double high) {
    return new FieldFinding(name, value, expected, low, high, 36.9, true);
  }

  private static List<Path> schemaFiles() throws IOException {
    try (Stream<Path> files = Files.list(JsonFit.SCHEMAS)) {
      return files.filter(file -> file.toString().endsWith(".avsc")).sorted().toList();
    }
  }

  private static Set<String> all(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
