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
 * @param cause why a training began, where it is about one: see {@link Marker.Cause}
 */
public record LifecycleEvent(
    String segment,
    Kind kind,
    Instant at,
    @Nullable Integer version,
    String reason,
    Map<String, Double> figures,
    @Nullable String cause) {
  public LifecycleEvent {
    figures = Map.copyOf(figures);
  }

  /** Of what is no training. */
  public LifecycleEvent(
      String segment,
      Kind kind,
      Instant at,
      @Nullable Integer version,
      String reason,
      Map<String, Double> figures) {
    this(segment, kind, at, version, reason, figures, null);
  }

  /** The same, of a training that began because of this. */
  LifecycleEvent because(String why) {
    return new LifecycleEvent(segment, kind, at, version, reason, figures, why);
  }

  /** What came of a training. */
  public static LifecycleEvent of(ModelId id, Instant at, Outcome outcome) {
    boolean promoted = outcome instanceof Outcome.Promoted;
    return new LifecycleEvent(
        id.segment(),
        promoted ? Kind.PROMOTED : Kind.REJECTED,
        at,
        promoted ? (Integer) id.version() : null,
        reason(outcome),
        outcome.figures());
  }

  private static String reason(Outcome outcome) {
    String alone = outcome instanceof Outcome.Promoted won ? won.model().alone() : null;
    return alone == null ? outcome.reason() : outcome.reason() + "; " + alone;
  }

  static LifecycleEvent failed(String segment, Instant at, Throwable cause) {
    return new LifecycleEvent(segment, Kind.FAILED, at, null, cause.toString(), Map.of());
  }

  /** Of what is not used. */
  static LifecycleEvent refused(String reason, Instant at) {
    return new LifecycleEvent(ModelId.DEFAULT_SEGMENT, Kind.REFUSED, at, null, reason, Map.of());
  }

  /** Closed: part of the output's contract. */
  public enum Kind {
    /** A challenger won, but models are frozen: it is published and does not score. */
    TRAINED,
    /** A challenger won and scores from now on. */
    PROMOTED,
    /** A challenger was trained and did not win; the champion stays. */
    REJECTED,
    /** A training ended in an error; the champion stays. */
    FAILED,
    /** An older version scores again: somebody chose it, or the new one alarmed too much. */
    ROLLED_BACK,
    /** Nothing is promoted by itself from now on. */
    FROZEN,
    /** Winners are promoted again. */
    UNFROZEN,
    /** The stream left what the champion learned from. */
    DRIFT,
    /** Records came with other fields or another schema. */
    SCHEMA_CHANGED,
    /** Something that people wrote, or a segment beyond the bound, is not used. */
    REFUSED;

    /** The word in output and metrics. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * As JSON: {@code segment, event, at, version, cause, reason, figures}; what does not apply is
   * absent.
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
          if (cause != null) {
            json.writeStringField("cause", cause);
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
