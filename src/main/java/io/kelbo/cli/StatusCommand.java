package io.kelbo.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.format.Formats;
import io.kelbo.format.SchemaUnavailable;
import io.kelbo.model.ModelId;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import io.kelbo.topology.OutputReader;
import io.kelbo.topology.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kelbo status}: how it goes, from Kafka, and from the service where it answers. */
@Command(
    name = "status",
    description = "Lag, warm-up, model, last training, and why nothing comes out.")
final class StatusCommand implements Callable<Integer> {
  // Each event is followed by its transaction's mark; some of the newest offsets are enough.
  private static final int NEWEST_EVENTS = 20;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private Answer answer;

  @Override
  public Integer call() throws SettingsProblems, InterruptedException {
    Settings settings = config.settings();
    try (Cluster cluster = Cluster.connect(settings)) {
      Topics topics = new Topics(settings.name(), settings.input().topic());
      List<TopicDescription> inputs = new Inputs(cluster, settings).found();
      Map<TopicPartition, long[]> extent = cluster.extent(inputs);
      Map<String, Long> lags = lags(cluster, topics, extent);
      Map<String, Object> page = ServicePage.read(settings);
      Champions champions = Champions.read(cluster, settings);
      Map<String, String> unreadable = champions.unreadable();
      Map<String, Object> model = champions.facts();
      Map<String, Object> event = lastEvent(cluster, settings, topics);
      Standing standing =
          new Standing(
              topics.input().toString(),
              settings.input().from(),
              extent.values().stream().mapToLong(ends -> ends[1] - ends[0]).sum(),
              lags.isEmpty() ? null : (Long) lags.values().stream().mapToLong(x -> x).sum(),
              cluster.active(topics.scoring()),
              page == null ? null : String.valueOf(page.get("says")),
              (Integer) model.get("version"),
              unreadable.get(ModelId.DEFAULT_SEGMENT),
              cluster.size(topics.deadLetters()),
              cluster.size(topics.verdicts()),
              cluster.heldBack(inputs),
              Outflow.of(page, settings.allVerdicts(), settings.budget().toString()));

      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("input", topics.input().toString());
      facts.put("records_at_most", standing.records());
      facts.put("lag", standing.lag());
      facts.put("lag_by_partition", lags);
      facts.put("held_back", standing.held());
      facts.put("scoring", standing.active());
      facts.put("training", cluster.active(topics.training()));
      facts.put("verdicts_at_most", standing.verdicts());
      facts.put("anomalies_at_most", cluster.size(topics.anomalies()));
      facts.put("dead_letters_at_most", standing.deadLetters());
      facts.put("model", model);
      facts.put("unreadable_models", unreadable);
      facts.put("last_event", event);
      facts.put("service", page);
      facts.put("says", standing.sentence());
      answer.give(spec, facts, out -> print(out, settings, facts, standing));
      return Failures.DONE;
    }
  }

  /** By partition; empty where the scoring application has committed nothing. */
  private static Map<String, Long> lags(
      Cluster cluster, Topics topics, Map<TopicPartition, long[]> extent)
      throws InterruptedException {
    Map<String, Long> lags = new LinkedHashMap<>();
    if (cluster.groupState(topics.scoring()) == null) {
      return lags;
    }
    Map<TopicPartition, OffsetAndMetadata> committed =
        cluster.got(
            cluster
                .admin()
                .listConsumerGroupOffsets(topics.scoring())
                .partitionsToOffsetAndMetadata());
    List<TopicPartition> inOrder =
        extent.keySet().stream()
            .sorted(
                Comparator.comparing(TopicPartition::topic)
                    .thenComparing(TopicPartition::partition))
            .toList();
    for (TopicPartition partition : inOrder) {
      OffsetAndMetadata offset = committed.get(partition);
      long[] ends = extent.getOrDefault(partition, new long[2]);
      if (offset != null) {
        lags.put(
            topics.input().several()
                ? partition.topic() + "/" + partition.partition()
                : Integer.toString(partition.partition()),
            Math.max(0, ends[1] - Math.max(ends[0], offset.offset())));
      }
    }
    return lags;
  }

  private static @Nullable Map<String, Object> lastEvent(
      Cluster cluster, Settings settings, Topics topics) throws InterruptedException {
    TopicDescription lifecycle = cluster.topic(topics.lifecycle(), AclOperation.READ);
    if (lifecycle == null) {
      return null;
    }
    List<ConsumerRecord<byte[], byte[]>> events =
        NewestRecords.read(settings, cluster.extent(List.of(lifecycle)), NEWEST_EVENTS);
    if (events.isEmpty()) {
      return null;
    }
    try {
      return new ObjectMapper()
          .readValue(
              new OutputReader("LifecycleEvent", Formats.atTerminal(settings.formats()))
                  .json(events.get(events.size() - 1).value()),
              new TypeReference<>() {});
    } catch (IOException | SchemaUnavailable notOurs) {
      return Map.of("unreadable", String.valueOf(notOurs.getMessage()));
    }
  }

  private static void print(
      PrintWriter out, Settings settings, Map<String, Object> facts, Standing standing) {
    out.printf(
        "Input     %s: %,d records at most; lag %s%n",
        standing.topic(),
        standing.records(),
        standing.lag() == null
            ? "unknown, nothing was judged yet"
            : "%,d, by partition %s"
                .formatted(
                    standing.lag(),
                    String.valueOf(facts.get("lag_by_partition")).replace('=', ':')));
    out.printf(
        "Service   %s%n",
        standing.serviceSays() == null
            ? "does not answer at %s".formatted(ServicePage.address(settings))
            : "%s, at %s".formatted(standing.serviceSays(), ServicePage.address(settings)));
    out.printf("Model     %s%n", modelLine(facts));
    if (facts.get("model") instanceof Map<?, ?> model
        && model.get("segments") instanceof Map<?, ?> segments
        && !segments.isEmpty()) {
      out.printf("Segments  each with the version that scores: %s%n", segments);
    }
    if (facts.get("last_event") instanceof Map<?, ?> event) {
      out.printf(
          "Last      %s%s at %s: %s%n",
          event.get("event"),
          event.get("version") == null ? "" : " version " + event.get("version"),
          event.get("at"),
          event.get("reason"));
    }
    out.printf(
        "Output    at most %,d verdicts, %,d anomalies, %,d dead letters%n",
        standing.verdicts(), (Long) facts.get("anomalies_at_most"), standing.deadLetters());
    if (standing.serviceSays() != null) {
      Outflow outflow = standing.outflow();
      out.printf(
          "Counted   verdicts: %s; dead letters: %s; since the service began%n",
          Outflow.line(outflow.verdicts()), Outflow.line(outflow.deadLetters()));
    }
    out.println();
    if (facts.get("unreadable_models") instanceof Map<?, ?> unreadable) {
      unreadable.values().stream()
          .filter(model -> !standing.sentence().contains(String.valueOf(model)))
          .forEach(model -> out.println("CAUTION  " + model));
    }
    out.println(standing.sentence());
  }

  private static String modelLine(Map<String, Object> facts) {
    if (!(facts.get("model") instanceof Map<?, ?> model) || model.isEmpty()) {
      return "none yet";
    }
    if (model.get("method") == null) {
      return "version %s, which cannot be read: %s"
          .formatted(model.get("version"), model.get("unreadable"));
    }
    return "version %s (%s), learned from %s records of %s to %s; champion since %s: %s"
        .formatted(
            model.get("version"),
            model.get("method"),
            model.get("records"),
            model.get("learned_from"),
            model.get("learned_to"),
            model.get("champion_since"),
            model.get("champion_because"));
  }
}
