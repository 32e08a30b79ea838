package io.kelbo.model;

import java.util.Locale;

/**
 * Consecutive anomalies of one entity.
 *
 * @param id the id of the verdict that opened it
 * @param state where this verdict stands in it
 */
public record Episode(String id, State state) {
  /** Opened by the first anomaly, continued by later ones, closed by the record that ends it. */
  public enum State {
    OPENED,
    CONTINUED,
    CLOSED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
