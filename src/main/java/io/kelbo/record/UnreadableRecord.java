package io.kelbo.record;

import java.util.Locale;

/** A record that cannot be read: it goes to the dead letters with this reason. No stack trace. */
public final class UnreadableRecord extends Exception {
  /** Closed set: it is a metric tag and a dead-letter header. */
  public enum Reason {
    NOT_JSON,
    NOT_AVRO,
    UNKNOWN_SCHEMA,
    NOT_AN_OBJECT,
    WRONG_TYPE,
    TOO_LARGE,
    TOO_DEEP;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final transient Reason reason;

  public UnreadableRecord(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
