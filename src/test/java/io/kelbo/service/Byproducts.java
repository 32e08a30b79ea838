package io.kelbo.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.topology.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is written of a record of {@link Load} beside its verdict, as a {@code read_committed}
 * reader finds it: its target told where it lacks that, itself completed where it has a hole.
 *
 * @param told predictions
 * @param completed records without their holes
 * @param faults as sentences, where one is missing, doubled or of no such record
 */
record Byproducts(int told, int completed, List<String> faults) {
  Byproducts {
    faults = List.copyOf(faults);
  }

  static Byproducts of(Cluster cluster, Topics topics) {
    Set<String> judged = new HashSet<>();
    cluster.each(topics.verdicts(), record -> judged(record, judged));
    Map<String, Integer> untold = new HashMap<>();
    Map<String, Integer> holed = new HashMap<>();
    cluster.each(
        Cluster.INPUT,
        record -> {
          if (judged.contains(record.partition() + "/" + record.offset())) {
            expect(record, untold, holed);
          }
        });
    Map<String, Integer> told = new HashMap<>();
    cluster.each(
        topics.predictions(),
        record -> {
          JsonNode prediction = Audit.json(record.value());
          String of = prediction.get("target").asText() + " of " + place(prediction);
          told.merge(of, 1, Integer::sum);
        });
    Map<String, Integer> completed = new HashMap<>();
    cluster.each(
        topics.imputed(),
        record -> completed.merge(Audit.header(record, Load.ROW), 1, Integer::sum));
    List<String> faults = new ArrayList<>();
    compare("predictions", untold, told, faults);
    compare("completed records", holed, completed, faults);
    return new Byproducts(sum(told), sum(completed), faults);
  }

  /** Notes a record that a model has seen: it is told of and completed, whatever the verdict. */
  private static void judged(ConsumerRecord<byte[], byte[]> record, Set<String> judged) {
    JsonNode verdict = Audit.json(record.value());
    if (verdict.has("model") && verdict.has("source")) {
      judged.add(place(verdict));
    }
  }

  private static void expect(
      ConsumerRecord<byte[], byte[]> record,
      Map<String, Integer> untold,
      Map<String, Integer> holed) {
    JsonNode row = Audit.json(record.value());
    if (!row.at("/motor/temperature").isNumber()) {
      String of = Load.TARGET + " of " + record.partition() + "/" + record.offset();
      untold.merge(of, 1, Integer::sum);
    }
    if (!row.at("/motor/flow").isNumber()) {
      // Not by its place: a completed record says which it was by its own headers only.
      holed.merge(Audit.header(record, Load.ROW), 1, Integer::sum);
    }
  }

  private static void compare(
      String what, Map<String, Integer> wanted, Map<String, Integer> found, List<String> faults) {
    TreeSet<String> all = new TreeSet<>(wanted.keySet());
    all.addAll(found.keySet());
    List<String> wrong =
        all.stream()
            .filter(one -> !found.getOrDefault(one, 0).equals(wanted.getOrDefault(one, 0)))
            .map(
                one ->
                    "%s: %d instead of %d"
                        .formatted(one, found.getOrDefault(one, 0), wanted.getOrDefault(one, 0)))
            .toList();
    if (!wrong.isEmpty()) {
      faults.add(
          "%d %s are not there once, such as %s"
              .formatted(wrong.size(), what, wrong.subList(0, Math.min(3, wrong.size()))));
    }
  }

  private static String place(JsonNode answer) {
    JsonNode source = answer.get("source");
    return source.get("partition").asText() + "/" + source.get("offset").asText();
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
