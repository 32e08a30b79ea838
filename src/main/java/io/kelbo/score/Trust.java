package io.kelbo.score;

/**
 * How much an adaptation learns from a record: {@code w = min(1, usual/S)²}, so that what is
 * strange teaches little. What has been strange for thousands of records is the new usual: the slow
 * mean of {@code ln S} raises the bar, or a lasting change would lock learning out for ever.
 */
final class Trust {
  private Trust() {}

  /**
   * @param score of the record, in nats
   * @param usual what one in twenty exceeded where the model learned
   * @param level slow mean of ln S
   * @return weight in (0, 1]
   */
  static double weight(double score, double usual, double level) {
    double bar = Math.max(usual, StrictMath.exp(level));
    double ratio = Math.min(1, bar / Math.max(score, 1e-9));
    return ratio * ratio;
  }

  /**
   * The slow mean after one more record.
   *
   * @param slow over how many records
   */
  static double level(double level, double score, double slow) {
    return level + (StrictMath.log(Math.max(score, 1e-9)) - level) / slow;
  }
}
