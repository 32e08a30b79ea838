package io.kelbo.backtest;

/** Told, now and then, how far a backtest is. */
public interface Progress {
  /** What a backtest is at. */
  enum Phase {
    READING("Reading"),
    LEARNING("Learning"),
    SCORING("Scoring"),
    REPORTING("Drawing");

    private final String word;

    Phase(String word) {
      this.word = word;
    }

    /** What people read. */
    public String word() {
      return word;
    }
  }

  /**
   * @param done rows done in this phase
   * @param all rows in all; 0 where not known
   */
  void at(Phase phase, long done, long all);
}
