package io.kelbo.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.model.ModelId;
import io.kelbo.topology.Champion;
import io.kelbo.topology.ModelSnapshot;
import io.kelbo.topology.PublishedSamples;
import io.kelbo.topology.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a {@code read_committed} reader finds after a run of faults, as sentences: empty where each
 * record of the input has one answer, with all that goes with it, and nothing was counted or told
 * twice.
 */
final class FaultAudit {
  private final Map<String, Integer> answers = new HashMap<>();
  private final Map<String, Integer> samples = new HashMap<>();
  private final Map<String, Integer> episodes = new HashMap<>();
  private final Set<ModelId> scoredBy = new HashSet<>();
  private final Map<String, List<Integer>> versions = new TreeMap<>(); // by segment
  private final Map<String, List<Integer>> champions = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final Byproducts byproducts;
  private long letters;

  private FaultAudit(Byproducts byproducts) {
    this.byproducts = byproducts;
    this.faults.addAll(byproducts.faults());
  }

  static FaultAudit of(Cluster cluster, Topics topics) {
    FaultAudit audit = new FaultAudit(Byproducts.of(cluster, topics));
    cluster.each(topics.verdicts(), audit::verdict);
    cluster.each(topics.deadLetters(), audit::letter);
    cluster.each(topics.anomalies(), audit::anomaly);
    cluster.each(topics.samples(), audit::sample);
    cluster.each(topics.models(), audit::model);
    audit.compare(cluster);
    return audit;
  }

  /** What is wrong; empty where nothing is. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** Episodes that were opened. */
  long alarms() {
    return episodes.keySet().stream().filter(key -> key.startsWith("opened")).count();
  }

  /** What was written beside the verdicts. */
  Byproducts byproducts() {
    return byproducts;
  }

  /** In figures, for the record of a run. */
  String figures() {
    return "%d records, %d dead letters, %d predictions, %d completed, %d in samples, %d episodes, models %s, champions %s, scored by %s; %d faults"
        .formatted(
            answers.size(),
            letters,
            byproducts.told(),
            byproducts.completed(),
            samples.size(),
            alarms(),
            versions,
            champions.values().stream().mapToInt(List::size).sum() > 12 ? "often set" : champions,
            scoredBy.stream().map(ModelId::toString).sorted().toList(),
            faults.size());
  }

  private void verdict(ConsumerRecord<byte[], byte[]> record) {
    JsonNode verdict = Audit.json(record.value());
    JsonNode source = verdict.get("source");
    if (source == null) {
      return; // of an entity that is silent
    }
    answers.merge(
        source.get("partition").asText() + "/" + source.get("offset").asText(), 1, Integer::sum);
    if (verdict.has("model")) {
      scoredBy.add(
          new ModelId(verdict.at("/model/segment").asText(), verdict.at("/model/version").asInt()));
    }
  }

  private void letter(ConsumerRecord<byte[], byte[]> record) {
    letters++;
    answers.merge(
        Audit.header(record, "kelbo.partition") + "/" + Audit.header(record, "kelbo.offset"),
        1,
        Integer::sum);
  }

  private void anomaly(ConsumerRecord<byte[], byte[]> record) {
    JsonNode episode = Audit.json(record.value()).get("episode");
    if (episode == null) {
      return;
    }
    String state = episode.get("state").asText();
    if (!state.equals("continued")) {
      episodes.merge(state + " " + episode.get("id").asText(), 1, Integer::sum);
    }
  }

  private void sample(ConsumerRecord<byte[], byte[]> record) {
    try {
      PublishedSamples.places(record.value()).forEach(at -> samples.merge(at, 1, Integer::sum));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void model(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return; // an old version, taken away
    }
    try {
      String key = new String(record.key(), StandardCharsets.UTF_8);
      String segment = key.replaceFirst("/.*", "");
      List<Integer> published = versions.computeIfAbsent(segment, name -> new ArrayList<>());
      if (key.contains("/")) {
        int version = ModelSnapshot.read(record.value()).id().version();
        if (!published.isEmpty() && version <= published.get(published.size() - 1)) {
          faults.add("model %s was published after %s".formatted(key, published));
        }
        published.add(version);
      } else {
        int version = Champion.read(record.value()).version();
        if (!published.contains(version)) {
          faults.add("champion %d of '%s' before its snapshot".formatted(version, segment));
        }
        champions.computeIfAbsent(segment, name -> new ArrayList<>()).add(version);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void compare(Cluster cluster) {
    long lost = 0;
    for (var end : cluster.ends(Cluster.INPUT).entrySet()) {
      for (long offset = 0; offset < end.getValue(); offset++) {
        if (!answers.containsKey(end.getKey().partition() + "/" + offset)) {
          lost++;
        }
      }
    }
    if (lost > 0) {
      faults.add("%d records have no answer".formatted(lost));
    }
    if (answers.size() + lost != cluster.sent()) {
      faults.add("there are answers to records that the input does not hold");
    }
    twice("answers", answers);
    twice("samples of a record", samples);
    twice("alarms", episodes);
    for (ModelId model : scoredBy) {
      if (!champions.getOrDefault(model.segment(), List.of()).contains(model.version())) {
        faults.add("model %s scored and was never champion".formatted(model));
      }
    }
  }

  private void twice(String what, Map<String, Integer> counts) {
    List<String> doubled =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() > 1)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (!doubled.isEmpty()) {
      faults.add(
          "%d %s more than once, such as %s"
              .formatted(doubled.size(), what, doubled.subList(0, Math.min(3, doubled.size()))));
    }
  }
}
