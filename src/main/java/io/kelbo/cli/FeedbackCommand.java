package io.kelbo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.context.Said;
import io.kelbo.format.Formats;
import io.kelbo.service.RulesReader;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import io.kelbo.topology.Feedback;
import io.kelbo.topology.OutputReader;
import io.kelbo.topology.Topics;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kelbo feedback}: says of an anomaly what it was; the record goes with it. */
@Command(
    name = "feedback",
    description = "Says of an anomaly that it was a false alarm, a fault, or a new usual level.")
final class FeedbackCommand implements java.util.concurrent.Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private Answer answer;

  @Parameters(index = "0", paramLabel = "ANOMALY_ID", description = "The id of its verdict.")
  private String id;

  @Parameters(
      index = "1",
      paramLabel = "WORD",
      description = "false-alarm, confirmed or accept-normal")
  private String word;

  @Option(names = "--note", paramLabel = "TEXT", description = "What else there is to say.")
  private @Nullable String note;

  @Option(names = "--by", paramLabel = "NAME", description = "Who says it (default: the user).")
  private @Nullable String by;

  @Override
  public Integer call() throws SettingsProblems, InterruptedException {
    Said said = said();
    Settings settings = config.settings();
    Topics topics = new Topics(settings.name(), settings.input().topic());
    Cluster.require(settings, topics.feedback());
    Feedback feedback = feedback(verdict(settings, topics.anomalies()), said);
    Map<String, byte @Nullable []> words = new HashMap<>();
    words.put(feedback.entity(), feedback.write());
    WordWriter.write(settings, topics.feedback(), words);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("anomaly_id", feedback.anomaly());
    facts.put("entity", feedback.entity());
    facts.put("feedback", said.word());
    answer.give(
        spec,
        facts,
        out ->
            out.printf(
                "%s: %s of '%s', from its next record on.%n",
                feedback.anomaly(), said.word().replace('_', ' '), feedback.entity()));
    return Failures.DONE;
  }

  private Said said() {
    for (Said one : Said.values()) {
      if (one != Said.NOTHING
          && one.word().equals(word.toLowerCase(Locale.ROOT).replace('-', '_'))) {
        return one;
      }
    }
    throw new CommandFailure(
        Failures.USAGE,
        "WORD is '%s' but must be false-alarm, confirmed or accept-normal".formatted(word));
  }

  /** The verdict that opened the anomaly's episode, or the anomaly's own if that is gone. */
  private JsonNode verdict(Settings settings, String topic) {
    ObjectMapper json = new ObjectMapper();
    OutputReader reader = new OutputReader("Verdict", Formats.atTerminal(settings.formats()));
    Map<String, JsonNode> known = new HashMap<>();
    RulesReader.each(
        settings,
        topic,
        record -> {
          try {
            JsonNode verdict = json.readTree(reader.json(record.value()));
            if (verdict.path("verdict").asText().equals("anomaly")) {
              known.put(verdict.path("id").asText(), verdict);
            }
          } catch (IOException notOurs) {
            throw new CommandFailure(
                Failures.FAILED,
                "a verdict on '%s' cannot be read (%s)".formatted(topic, notOurs.getMessage()));
          }
        });
    JsonNode verdict = known.get(id);
    if (verdict == null) {
      throw new CommandFailure(
          Failures.FAILED,
          "ANOMALY_ID is '%s' but there is no such anomaly on '%s', which has %d: copy the 'id' of a verdict"
              .formatted(id, topic, known.size()));
    }
    return known.getOrDefault(verdict.path("episode").path("id").asText(), verdict);
  }

  private Feedback feedback(JsonNode verdict, Said said) {
    Map<String, Object> observation = new HashMap<>();
    for (JsonNode field : verdict.path("fields")) {
      JsonNode value = field.path("value");
      if (value.isNumber()) {
        observation.put(field.path("name").asText(), value.asDouble());
      } else if (value.isBoolean()) {
        observation.put(field.path("name").asText(), value.asBoolean());
      } else if (value.isTextual()) {
        observation.put(field.path("name").asText(), value.asText());
      }
    }
    return new Feedback(
        verdict.path("id").asText(),
        verdict.path("entity").asText(),
        verdict.path("model").path("segment").asText(),
        Instant.now(),
        said,
        Instant.parse(verdict.path("time").asText()),
        observation,
        verdict.path("model").path("version").asInt(),
        by == null ? System.getProperty("user.name") : by,
        note);
  }
}
