package io.kelbo.cli;

import io.kelbo.model.FieldFinding;
import io.kelbo.model.Model;
import io.kelbo.model.Verdict;
import io.kelbo.record.InputLayout;
import io.kelbo.record.LayoutInference.Inference;
import io.kelbo.service.Cautions;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import io.kelbo.service.ShownSettings;
import io.kelbo.service.TopicSurvey;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kelbo check}: everything that can be known before {@code run}. Writes nothing. */
@Command(
    name = "check",
    description = "Checks configuration, connection and topics; shows what is inferred; dry run.")
final class CheckCommand implements Callable<Integer> {
  private static final int NEWEST = 2_000;
  private static final int SHOWN = 3;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private Answer answer;

  @Override
  public Integer call() throws SettingsProblems, InterruptedException {
    Settings settings = config.settings();
    try (Cluster cluster = Cluster.connect(settings)) {
      Map<String, Object> connection = cluster.facts();
      List<TopicDescription> inputs = new Inputs(cluster, settings).found();
      Map<TopicPartition, long[]> extent = cluster.extent(inputs);
      TopicSurvey survey = TopicsCommand.survey(cluster, settings, Inputs.partitions(inputs));
      List<String> cautions = new ArrayList<>(Cautions.of(settings));
      List<String> problems = new ArrayList<>(survey.problems());
      if (survey.missingRights().isEmpty()) { // else they are said, and may be those to read with
        Champions.read(cluster, settings).tell(problems, cautions);
      }
      RegistryAccess.tell(settings, problems);
      Map<String, String> states = new LinkedHashMap<>();
      survey.topics().forEach(state -> states.put(state.topic(), state.summary()));
      List<ConsumerRecord<byte[], byte[]>> newest = NewestRecords.read(settings, extent, NEWEST);
      DryRun run = DryRun.of(settings, newest);
      if (!newest.isEmpty() && run.readable() + run.tombstones() == 0) {
        cautions.add("none of the newest records can be read: each becomes a dead letter");
      }

      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("configuration", ShownSettings.of(settings));
      facts.put("connection", connection);
      facts.put("input", inputFacts(inputs, extent, newest));
      facts.put("topics", states);
      facts.put("problems", problems);
      facts.put("advice", survey.advice());
      facts.put("cautions", cautions);
      facts.put("records", recordFacts(newest.size(), run));
      facts.put("inferred", inferredFacts(settings, run));
      facts.put("dry_run", dryRunFacts(run));
      answer.give(
          spec,
          facts,
          out -> {
            section(out, "Configuration (%s)".formatted(config.file()), ShownSettings.of(settings));
            section(out, "Connection", connection);
            section(out, "Input", inputFacts(inputs, extent, newest));
            section(out, "Topics of ours", states);
            print(out, settings, newest.size(), run);
            out.println();
            TopicsCommand.print(out, problems, survey.advice());
            cautions.forEach(caution -> out.println("CAUTION  " + caution));
            out.println(
                problems.isEmpty()
                    ? "Nothing is in the way of: kelbo run --config " + config.file()
                    : "`kelbo run` would stop at this.");
          });
      return problems.isEmpty() ? Failures.DONE : Failures.FAILED;
    }
  }

  private static Map<String, Object> inputFacts(
      List<TopicDescription> inputs,
      Map<TopicPartition, long[]> extent,
      List<ConsumerRecord<byte[], byte[]>> newest) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put(
        "topic", inputs.stream().map(TopicDescription::name).collect(Collectors.joining(", ")));
    facts.put("partitions", inputs.stream().mapToInt(topic -> topic.partitions().size()).sum());
    facts.put(
        "records_at_most", extent.values().stream().mapToLong(ends -> ends[1] - ends[0]).sum());
    if (!newest.isEmpty()) {
      long stamp = newest.stream().mapToLong(ConsumerRecord::timestamp).max().orElseThrow();
      facts.put("newest", java.time.Instant.ofEpochMilli(stamp).toString());
      facts.put(
          "keyed",
          "%d %%"
              .formatted(
                  100
                      * newest.stream().filter(record -> record.key() != null).count()
                      / newest.size()));
    }
    return facts;
  }

  private static Map<String, Object> recordFacts(int looked, DryRun run) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("looked_at", looked);
    facts.put("readable", run.readable());
    facts.put("formats", run.formats());
    facts.put("tombstones", run.tombstones());
    facts.put("unreadable", run.unreadable());
    String example = run.example();
    if (example != null) {
      facts.put("example", example);
    }
    return facts;
  }

  private static Map<String, Object> inferredFacts(Settings settings, DryRun run) {
    Inference inference = run.inference();
    Map<String, Object> facts = new LinkedHashMap<>();
    if (inference != null) {
      InputLayout layout = inference.layout();
      facts.put("entity", layout.entity().word());
      String time = layout.timePath();
      if (time != null) {
        facts.put("time", time);
      }
      facts.put(
          "fields",
          layout.fields().list().stream()
              .map(
                  field ->
                      Map.of(
                          "name",
                          field.name(),
                          "kind",
                          field.kind().word(),
                          "role",
                          field.role().word()))
              .toList());
      facts.put("yaml", LayoutYaml.write(settings.input().topic(), layout));
      Map<String, String> leftOut = new LinkedHashMap<>();
      inference.leftOut().forEach(out -> leftOut.put(out.path(), out.reason()));
      facts.put("left_out", leftOut);
    }
    return facts;
  }

  private static Map<String, Object> dryRunFacts(DryRun run) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("outcome", run.outcome());
    facts.put("learned", run.learned());
    facts.put("judged", run.verdicts().size());
    facts.put("anomalies", run.anomalies().size());
    Model model = run.model();
    if (model != null) {
      facts.put("threshold_p", model.thresholdP());
      facts.put("targets", ToldTargets.of(model));
    }
    List<String> rarest = new ArrayList<>();
    run.anomalies().stream().limit(SHOWN).forEach(verdict -> rarest.add(sentence(verdict)));
    facts.put("rarest", rarest);
    return facts;
  }

  private static String sentence(Verdict verdict) {
    return verdict.fields().stream()
        .max(Comparator.comparingDouble(FieldFinding::contribution))
        .map(
            worst ->
                "%s  %s  %s is %s, expected %s  (p = %.2g, %s)"
                    .formatted(
                        verdict.time(),
                        verdict.entity(),
                        worst.name(),
                        worst.value() == null ? "missing" : worst.value(),
                        worst.expected(),
                        verdict.pValue(),
                        verdict.id()))
        .orElse(verdict.id());
  }

  private static void print(PrintWriter out, Settings settings, int looked, DryRun run) {
    out.printf(
        "%nRead%n  %,d of the newest %,d records can be read%s%s.%n",
        run.readable(),
        looked,
        run.unreadable().isEmpty() ? "" : ", not: " + run.unreadable(),
        run.tombstones() == 0 ? "" : ", without a value: " + run.tombstones());
    if (!run.formats().isEmpty()) {
      out.printf(
          "  Format: %s.%n",
          run.formats().entrySet().stream()
              .map(form -> "%s (%,d)".formatted(form.getKey(), form.getValue()))
              .collect(Collectors.joining(", ")));
    }
    if (run.example() != null) {
      out.printf("  For example: %s%n", run.example());
    }
    Inference inference = run.inference();
    if (inference != null) {
      boolean declared = !settings.input().fields().isEmpty();
      out.printf(
          "%n%s%n%s",
          declared
              ? "Declared"
              : "Inferred; paste it into the configuration to keep it so, or to change it",
          LayoutYaml.write(settings.input().topic(), inference.layout()).indent(2));
      if (!inference.leftOut().isEmpty()) {
        Map<String, String> leftOut = new LinkedHashMap<>();
        inference.leftOut().forEach(left -> leftOut.put(left.path(), left.reason()));
        section(out, "Left out", leftOut);
      }
    }
    out.printf("%nDry run%n");
    Model model = run.model();
    if (model == null) {
      out.printf("  %s.%n", run.outcome());
    } else {
      out.printf(
          "  Learned from %,d records, judged %,d: %,d would be anomalies (p below %.2g).%n",
          run.learned(), run.verdicts().size(), run.anomalies().size(), model.thresholdP());
      run.anomalies().stream()
          .limit(SHOWN)
          .forEach(verdict -> out.println("  " + sentence(verdict)));
      ToldTargets.of(model).forEach((name, told) -> out.printf("  Target %s: %s.%n", name, told));
    }
  }

  private static void section(PrintWriter out, String title, Map<String, ?> facts) {
    int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
    out.printf("%n%s%n", title);
    facts.forEach((key, value) -> out.printf("  %-" + (width + 2) + "s%s%n", key, value));
  }
}
