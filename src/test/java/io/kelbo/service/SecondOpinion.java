package io.kelbo.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.topology.Rescoring;
import io.kelbo.topology.Topics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Whether each verdict comes out the same, byte for byte, when the input is judged again in order
 * by the versions that the verdicts name.
 *
 * @param compared verdicts that name a model
 * @param versions how many versions they name
 * @param different those whose bytes differ
 * @param first the first of them, as it was and as it came out again; empty where there is none
 */
record SecondOpinion(int compared, int versions, int different, String first) {
  static SecondOpinion of(Cluster cluster, Topics topics, Settings settings) {
    Map<String, ConsumerRecord<byte[], byte[]>> verdicts = new HashMap<>();
    cluster.each(
        topics.verdicts(),
        record -> verdicts.put(Audit.json(record.value()).get("id").asText(), record));
    Rescoring rescoring = new Rescoring(settings.input().late());
    cluster.each(topics.models(), rescoring::publish);
    int[] counts = new int[2];
    Set<Integer> versions = new HashSet<>();
    StringBuilder first = new StringBuilder();
    cluster.each(
        Cluster.INPUT,
        record -> {
          ConsumerRecord<byte[], byte[]> published =
              verdicts.get(record.topic() + "/" + record.partition() + "/" + record.offset());
          JsonNode model = published == null ? null : Audit.json(published.value()).get("model");
          if (model == null) {
            return; // a dead letter, or learned from before there was a model
          }
          versions.add(model.get("version").asInt());
          byte[] again = rescoring.again(record, model.get("version").asInt());
          counts[0]++;
          if (!Arrays.equals(again, published.value())) {
            counts[1]++;
            if (first.isEmpty()) {
              first.append(new String(published.value(), java.nio.charset.StandardCharsets.UTF_8));
              first.append(" and again ");
              first.append(new String(again, java.nio.charset.StandardCharsets.UTF_8));
            }
          }
        });
    return new SecondOpinion(counts[0], versions.size(), counts[1], first.toString());
  }
}
