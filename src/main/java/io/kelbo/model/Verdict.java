package io.kelbo.model;

import io.kelbo.record.Incoming;
import io.kelbo.record.Source;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one record. Figures are NaN where they do not apply.
 *
 * @param id {@code topic/partition/offset} of the record
 * @param time the record's own time
 * @param reason one sentence fragment: why this kind
 * @param pValue probability that a normal record is at least this surprising, in (0, 1]
 * @param thresholdP the p-value below which a record is an anomaly
 * @param surprisal reconstruction + latent, in nats
 * @param reconstruction reconstruction error, in nats
 * @param latent latent part, in nats
 * @param alarmScore in 0..1: the newness of the measured fields' level, and no less than .3 (1 -
 *     p^.1), so that it grows with what the alarm decision uses
 * @param model which model spoke; null before there was one
 * @param fields full for anomalies and what is suppressed, empty otherwise
 * @param source null for {@link VerdictKind#SILENT} only
 */
public record Verdict(
    String id,
    String entity,
    Instant time,
    VerdictKind kind,
    String reason,
    double pValue,
    double thresholdP,
    double surprisal,
    double reconstruction,
    double latent,
    double alarmScore,
    @Nullable Episode episode,
    @Nullable ModelId model,
    List<FieldFinding> fields,
    @Nullable Source source) {
  public Verdict {
    fields = List.copyOf(fields);
  }

  /**
   * Nothing came of an entity: it has no source and no figures.
   *
   * @param time when it was last heard
   */
  public static Verdict silent(
      String id, String entity, Instant time, String reason, Episode episode) {
    double none = Double.NaN;
    return new Verdict(
        id,
        entity,
        time,
        VerdictKind.SILENT,
        reason,
        none,
        none,
        none,
        none,
        none,
        none,
        episode,
        null,
        List.of(),
        null);
  }

  /**
   * The answer to a record that was not scored: no figures, no fields.
   *
   * @param model which model was there; null if there was none
   */
  public static Verdict unscored(
      Incoming incoming, VerdictKind kind, String reason, @Nullable ModelId model) {
    return new Verdict(
        incoming.source().id(),
        incoming.entity(),
        incoming.time(),
        kind,
        reason,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        null,
        model,
        List.of(),
        incoming.source());
  }

  public boolean scored() {
    return kind == VerdictKind.NORMAL
        || kind == VerdictKind.ANOMALY
        || kind == VerdictKind.SUPPRESSED;
  }

  /**
   * Whether it belongs on the anomalies topic: an anomaly, a silence, or the record that closes an
   * episode.
   */
  public boolean alarming() {
    return kind == VerdictKind.ANOMALY
        || kind == VerdictKind.SILENT
        || (episode != null && episode.state() == Episode.State.CLOSED);
  }
}
