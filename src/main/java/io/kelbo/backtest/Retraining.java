package io.kelbo.backtest;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/** How often a backtest learns anew: never, after a duration of the rows' time, or after rows. */
public sealed interface Retraining {
  /** Not at all. */
  record Never() implements Retraining {}

  /** When so much of the rows' own time has passed. */
  record Every(Duration duration) implements Retraining {}

  /** After so many rows. */
  record Rows(int rows) implements Retraining {}

  /**
   * Reads {@code never}, an ISO duration such as {@code PT1H}, or a number of rows.
   *
   * @throws IllegalArgumentException saying what is allowed
   */
  static Retraining of(String text) {
    if (text.equals("never")) {
      return new Never();
    }
    try {
      if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) > 0) {
        return new Rows(Integer.parseInt(text));
      }
      Duration duration = Duration.parse(text);
      if (duration.toMillis() > 0) {
        return new Every(duration);
      }
    } catch (DateTimeParseException notADuration) {
      throw refused(text);
    }
    throw refused(text);
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "--retrain is '%s' but must be never, a duration such as PT1H, or a number of rows"
            .formatted(text));
  }
}
