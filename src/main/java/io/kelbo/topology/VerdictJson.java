package io.kelbo.topology;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kelbo.model.Embedding;
import io.kelbo.model.FieldFinding;
import io.kelbo.model.ModelId;
import io.kelbo.model.Verdict;
import io.kelbo.record.Source;
import io.kelbo.record.Value;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A verdict as JSON. The names are a contract; what does not apply is absent. */
public final class VerdictJson {
  private VerdictJson() {}

  public static byte[] write(Verdict verdict) {
    return write(verdict, null);
  }

  /**
   * @param embedding where its record lies; null where that was not asked
   */
  static byte[] write(Verdict verdict, @Nullable Embedding embedding) {
    return Json.write(json -> write(json, verdict, embedding));
  }

  private static void write(JsonGenerator json, Verdict verdict, @Nullable Embedding embedding)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", verdict.id());
    json.writeStringField("entity", verdict.entity());
    json.writeStringField("time", verdict.time().toString());
    json.writeStringField("verdict", verdict.kind().word());
    json.writeStringField("reason", verdict.reason());
    Json.figure(json, "p_value", verdict.pValue());
    Json.figure(json, "threshold_p", verdict.thresholdP());
    Json.figure(json, "surprisal", verdict.surprisal());
    Json.figure(json, "reconstruction", verdict.reconstruction());
    Json.figure(json, "latent", verdict.latent());
    Json.figure(json, "alarm_score", verdict.alarmScore());
    if (verdict.episode() != null) {
      json.writeObjectFieldStart("episode");
      json.writeStringField("id", verdict.episode().id());
      json.writeStringField("state", verdict.episode().state().word());
      json.writeEndObject();
    }
    if (verdict.model() != null) {
      write(json, verdict.model());
    }
    if (!verdict.fields().isEmpty()) {
      json.writeArrayFieldStart("fields");
      for (FieldFinding finding : verdict.fields()) {
        write(json, finding);
      }
      json.writeEndArray();
    }
    if (embedding != null) {
      json.writeObjectFieldStart("embedding");
      write(json, "mean", embedding.mean());
      write(json, "spread", embedding.spread());
      json.writeEndObject();
    }
    if (verdict.source() != null) {
      write(json, verdict.source());
    }
    json.writeEndObject();
  }

  static void write(JsonGenerator json, ModelId model) throws IOException {
    json.writeObjectFieldStart("model");
    json.writeStringField("segment", model.segment());
    json.writeNumberField("version", model.version());
    json.writeEndObject();
  }

  static void write(JsonGenerator json, Source source) throws IOException {
    json.writeObjectFieldStart("source");
    json.writeStringField("topic", source.topic());
    json.writeNumberField("partition", source.partition());
    json.writeNumberField("offset", source.offset());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, List<Double> numbers)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (double number : numbers) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, FieldFinding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", finding.name());
    write(json, "value", finding.value());
    write(json, "expected", finding.expected());
    Json.figure(json, "low", finding.low());
    Json.figure(json, "high", finding.high());
    Json.figure(json, "contribution", finding.contribution());
    json.writeBooleanField("missing", finding.missing());
    json.writeBooleanField("culprit", finding.culprit());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, @Nullable Value value)
      throws IOException {
    if (value != null) {
      json.writeFieldName(name);
      write(json, value);
    }
  }

  static void write(JsonGenerator json, Value value) throws IOException {
    if (value instanceof Value.Number number) {
      json.writeNumber(number.number());
    } else if (value instanceof Value.Flag flag) {
      json.writeBoolean(flag.flag());
    } else {
      json.writeString(value.toString());
    }
  }
}
