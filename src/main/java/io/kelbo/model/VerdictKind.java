package io.kelbo.model;

import java.util.Locale;

/** The answer to one record. Closed: it is a metric tag and part of the output's contract. */
public enum VerdictKind {
  NORMAL,
  ANOMALY,
  /** Learned from before a model existed, so not scored. */
  WARMING_UP,
  /** Strange, but a rule or feedback says not to alarm; the reason names it. */
  SUPPRESSED,
  /** Older than {@code input.late} allows. */
  LATE,
  /** Not one known field had a value. */
  UNSCORABLE,
  /** No record: an entity has stopped sending. Has no source. */
  SILENT;

  /** The word in output, metrics and docs, such as {@code warming_up}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
