package io.kelbo.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.topology.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What became of each record of the input, by its {@code source}. */
record Audit(List<JsonNode> verdicts, Map<String, Integer> answers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Audit of(Cluster cluster, Topics topics) {
    List<JsonNode> verdicts = new ArrayList<>();
    Map<String, Integer> answers = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : cluster.committed(topics.verdicts())) {
      JsonNode verdict = json(record.value());
      verdicts.add(verdict);
      JsonNode source = verdict.get("source");
      String place = source.get("partition").asText() + "/" + source.get("offset").asText();
      answers.merge(place, 1, Integer::sum);
    }
    for (ConsumerRecord<byte[], byte[]> record : cluster.committed(topics.deadLetters())) {
      answers.merge(
          header(record, "kelbo.partition") + "/" + header(record, "kelbo.offset"),
          1,
          Integer::sum);
    }
    return new Audit(verdicts, answers);
  }

  /** Records of the input with more than one answer. */
  List<String> doubled() {
    return answers.entrySet().stream()
        .filter(e -> e.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  long count(String kind) {
    return verdicts.stream().filter(v -> v.get("verdict").asText().equals(kind)).count();
  }

  /** How many verdicts of a kind give which reason. */
  Map<String, Long> reasons(String kind) {
    return verdicts.stream()
        .filter(v -> v.get("verdict").asText().equals(kind))
        .collect(Collectors.groupingBy(v -> v.get("reason").asText(), Collectors.counting()));
  }

  static JsonNode json(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null
        ? ""
        : new String(header.value(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
