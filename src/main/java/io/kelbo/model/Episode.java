package io.kelbo.model;

import io.kelbo.context.EntityState;
import io.kelbo.decide.Calibration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive anomalies of one entity.
 *
 * @param id the id of the verdict that opened it
 * @param state where this verdict stands in it
 */
public record Episode(String id, State state) {
  /**
   * Moves an entity's episode on: it opens with an anomaly and closes when {@link Calibration#RUN}
   * other records follow the last one. Null where the record has no part in one.
   *
   * @param id of the record's verdict
   */
  static @Nullable Episode next(String id, EntityState state, boolean anomaly) {
    String open = state.episode();
    if (anomaly) {
      state.episode(open == null ? id : open, 0);
      return open == null ? new Episode(id, State.OPENED) : new Episode(open, State.CONTINUED);
    }
    if (open == null) {
      return null;
    }
    if (state.quiet() + 1 < Calibration.RUN) {
      state.episode(open, state.quiet() + 1);
      return null;
    }
    state.episode(null, 0);
    return new Episode(open, State.CLOSED);
  }

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
