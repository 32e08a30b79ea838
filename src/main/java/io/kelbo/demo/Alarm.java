package io.kelbo.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * An opened episode, as read from the anomalies topic.
 *
 * @param finding the field that says most of why; null if the verdict names none
 */
record Alarm(String pump, Instant time, double pValue, @Nullable Finding finding) {
  /**
   * A field of a verdict.
   *
   * @param value what was seen; null where missing
   * @param low NaN where there is no interval, as high
   */
  record Finding(String field, @Nullable String value, String expected, double low, double high) {}

  /** Reads a verdict in JSON. */
  static Alarm of(JsonNode verdict) {
    Finding finding =
        StreamSupport.stream(verdict.path("fields").spliterator(), false)
            .max(Comparator.comparingDouble(f -> f.path("contribution").asDouble()))
            .map(Alarm::finding)
            .orElse(null);
    return new Alarm(
        verdict.path("entity").asText(),
        Instant.parse(verdict.path("time").asText()),
        verdict.path("p_value").asDouble(Double.NaN),
        finding);
  }

  private static Finding finding(JsonNode field) {
    JsonNode value = field.path("value");
    return new Finding(
        field.path("name").asText(),
        value.isMissingNode() || value.isNull() ? null : value.asText(),
        field.path("expected").asText(),
        field.path("low").asDouble(Double.NaN),
        field.path("high").asDouble(Double.NaN));
  }
}
