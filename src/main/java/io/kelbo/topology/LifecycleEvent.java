package io.kelbo.topology;

import io.kelbo.model.ModelId;
import io.kelbo.train.Outcome;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a segment's models; the value on {@code lifecycle}.
 *
 * @param version the version it is about; null where none came of it
 * @param reason one sentence: what was compared, or what went wrong
 * @param figures the figures compared, by name
 */
public record LifecycleEvent(
    String segment,
    Kind kind,
    Instant at,
    @Nullable Integer version,
    String reason,
    Map<String, Double> figures) {
  public LifecycleEvent {
    figures = Map.copyOf(figures);
  }

  /** What came of a training. */
  public static LifecycleEvent of(ModelId id, Instant at, Outcome outcome) {
    boolean promoted = outcome instanceof Outcome.Promoted;
    return new LifecycleEvent(
        id.segment(),
        promoted ? Kind.PROMOTED : Kind.REJECTED,
        at,
        promoted ? (Integer) id.version() : null,
        outcome.reason(),
        outcome.figures());
  }

  static LifecycleEvent failed(String segment, Instant at, Throwable cause) {
    return new LifecycleEvent(segment, Kind.FAILED, at, null, cause.toString(), Map.of());
  }

  /** Closed: part of the output's contract. */
  public enum Kind {
    /** A challenger won and scores from now on. */
    PROMOTED,
    /** A challenger was trained and did not win; the champion stays. */
    REJECTED,
    /** A training ended in an error; the champion stays. */
    FAILED,
    /** Somebody chose an older version. */
    ROLLED_BACK,
    /** Records came with other fields or another schema. */
    SCHEMA_CHANGED;

    /** The word in output and metrics. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * As JSON: {@code segment, event, at, version, reason, figures}; what does not apply is absent.
   */
  public byte[] write() {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("segment", segment);
          json.writeStringField("event", kind.word());
          json.writeStringField("at", at.toString());
          if (version != null) {
            json.writeNumberField("version", version);
          }
          json.writeStringField("reason", reason);
          json.writeObjectFieldStart("figures");
          for (var figure : new TreeMap<>(figures).entrySet()) {
            Json.figure(json, figure.getKey(), figure.getValue());
          }
          json.writeEndObject();
          json.writeEndObject();
        });
  }
}
