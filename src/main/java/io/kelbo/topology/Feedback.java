package io.kelbo.topology;

import io.kelbo.context.Said;
import io.kelbo.record.Observation;
import io.kelbo.record.Value;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of an anomaly; the value on {@code feedback}, JSON as {@code
 * schemas/Feedback.avsc} names it.
 *
 * @param anomaly the id of its verdict, {@code topic/partition/offset}
 * @param at when it was said, wall clock
 * @param recordTime the record's own time
 * @param observation the record's leaves by dotted path: {@code Double}, {@code Boolean} or {@code
 *     String}; absent where missing
 * @param version the model that spoke
 */
public record Feedback(
    String anomaly,
    String entity,
    String segment,
    Instant at,
    Said said,
    Instant recordTime,
    Map<String, Object> observation,
    @Nullable Integer version,
    @Nullable String by,
    @Nullable String note) {
  public Feedback {
    observation = Map.copyOf(observation);
  }

  /** The leaves of an observation. */
  public static Map<String, Object> leaves(Observation observation) {
    Map<String, Object> leaves = new TreeMap<>();
    for (int j = 0; j < observation.fields().size(); j++) {
      Value value = observation.value(j);
      if (value instanceof Value.Number number) {
        leaves.put(observation.fields().get(j).name(), number.number());
      } else if (value instanceof Value.Flag flag) {
        leaves.put(observation.fields().get(j).name(), flag.flag());
      } else if (value instanceof Value.Text text) {
        leaves.put(observation.fields().get(j).name(), text.text());
      }
    }
    return leaves;
  }

  public byte[] write() {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("anomaly_id", anomaly);
          json.writeStringField("entity", entity);
          json.writeStringField("segment", segment);
          json.writeStringField("at", at.toString());
          json.writeStringField("feedback", said.word());
          json.writeStringField("record_time", recordTime.toString());
          json.writeObjectFieldStart("observation");
          for (var leaf : new TreeMap<>(observation).entrySet()) {
            if (leaf.getValue() instanceof Double number) {
              Json.figure(json, leaf.getKey(), number);
            } else if (leaf.getValue() instanceof Boolean flag) {
              json.writeBooleanField(leaf.getKey(), flag);
            } else {
              json.writeStringField(leaf.getKey(), leaf.getValue().toString());
            }
          }
          json.writeEndObject();
          if (version != null) {
            json.writeNumberField("version", version);
          }
          if (by != null) {
            json.writeStringField("by", by);
          }
          if (note != null) {
            json.writeStringField("note", note);
          }
          json.writeEndObject();
        });
  }

  /**
   * @throws IOException that names every problem
   */
  public static Feedback read(byte[] json) throws IOException {
    Leaves leaves = new Leaves(json);
    String anomaly = leaves.required("anomaly_id");
    String entity = leaves.required("entity");
    String segment = leaves.required("segment");
    Instant at = leaves.time("at");
    Said said = leaves.choice("feedback", Said.values(), Said::word);
    Instant recordTime = leaves.time("record_time");
    double version = leaves.number("version");
    String by = leaves.text("by");
    String note = leaves.text("note");
    if (said == null || said == Said.NOTHING) {
      leaves.refuse("'feedback' must be one of false_alarm, confirmed, accept_normal");
    }
    if (at == null || recordTime == null) {
      leaves.refuse("'at' and 'record_time' must be times");
    }
    leaves.refuseProblems();
    return new Feedback(
        anomaly,
        entity,
        segment,
        Objects.requireNonNull(at),
        Objects.requireNonNull(said),
        Objects.requireNonNull(recordTime),
        leaves.below("observation"),
        Double.isNaN(version) ? null : (Integer) (int) version,
        by,
        note);
  }
}
