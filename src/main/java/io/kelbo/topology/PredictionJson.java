package io.kelbo.topology;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kelbo.model.ModelId;
import io.kelbo.model.Prediction;
import io.kelbo.model.Verdict;
import io.kelbo.record.Source;
import java.io.IOException;
import java.util.Objects;

/** A prediction as JSON. The names are a contract; what does not apply is absent. */
public final class PredictionJson {
  private PredictionJson() {}

  /**
   * @param verdict of the same record, which has a source and a model
   */
  public static byte[] write(Verdict verdict, Prediction prediction) {
    return Json.write(json -> write(json, verdict, prediction));
  }

  private static void write(JsonGenerator json, Verdict verdict, Prediction prediction)
      throws IOException {
    ModelId model = Objects.requireNonNull(verdict.model(), "who predicts is a model");
    Source source = Objects.requireNonNull(verdict.source(), "what is told of is a record");
    json.writeStartObject();
    json.writeStringField("id", verdict.id());
    json.writeStringField("entity", verdict.entity());
    json.writeStringField("time", verdict.time().toString());
    json.writeStringField("target", prediction.field());
    json.writeFieldName("value");
    VerdictJson.write(json, prediction.value());
    Json.figure(json, "sd", prediction.sd());
    Json.figure(json, "low", prediction.low());
    Json.figure(json, "high", prediction.high());
    if (!prediction.chances().isEmpty()) {
      json.writeArrayFieldStart("chances");
      for (Prediction.Chance one : prediction.chances()) {
        json.writeStartObject();
        json.writeStringField("category", one.category());
        json.writeNumberField("chance", one.chance());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    VerdictJson.write(json, model);
    VerdictJson.write(json, source);
    json.writeEndObject();
  }
}
