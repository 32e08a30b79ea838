package io.kelbo.impute;

import java.util.List;

/** What a column holds, and how its cells become numbers and numbers its cells. */
sealed interface Column {
  /** How many places of the grid it takes. */
  int width();

  /** Numbers: standardised; what lies beyond ten deviations grows by its logarithm only. */
  record Quantity(double mean, double sd) implements Column {
    private static final double SQUASH = 10; // deviations

    public Quantity {
      if (!(sd > 0) || !Double.isFinite(sd) || !Double.isFinite(mean)) {
        throw new IllegalArgumentException(
            "a column's mean is %s and its sd %s; both must be finite and the sd positive"
                .formatted(mean, sd));
      }
    }

    @Override
    public int width() {
      return 1;
    }

    double standardised(double raw) {
      double v = raw / sd - mean / sd; // the difference of two huge values may overflow
      double size = Math.min(Math.abs(v), Double.MAX_VALUE);
      return size <= SQUASH ? v : Math.signum(v) * (SQUASH + StrictMath.log1p(size - SQUASH));
    }

    /** In the column's unit; always finite. */
    double raw(double standardised) {
      double size = Math.abs(standardised);
      double v =
          size <= SQUASH
              ? standardised
              : Math.signum(standardised) * (SQUASH + StrictMath.expm1(size - SQUASH));
      return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, v * sd + mean));
    }
  }

  /**
   * Flags and categories: an indicator for each text, or one for both of two.
   *
   * @param texts most frequent first, at least two
   * @param shares how often each comes, in (0, 1)
   */
  record Choice(List<String> texts, List<Double> shares) implements Column {
    public Choice {
      texts = List.copyOf(texts);
      shares = List.copyOf(shares);
      if (texts.size() < 2 || texts.size() != shares.size()) {
        throw new IllegalArgumentException(
            "a choice needs two texts or more, each with its share, not %s and %s"
                .formatted(texts, shares));
      }
    }

    @Override
    public int width() {
      return texts.size() == 2 ? 1 : texts.size();
    }

    /** The standardised indicator of a text. */
    double indicator(String text, int which) {
      return ((texts.get(which).equals(text) ? 1 : 0) - shares.get(which)) / deviation(which);
    }

    /**
     * @param standardised indicators, from {@code at}
     */
    String likeliest(double[] standardised, int at) {
      if (width() == 1) {
        return texts.get(share(standardised[at], 0) >= 0.5 ? 0 : 1);
      }
      int best = 0;
      for (int k = 1; k < texts.size(); k++) {
        best = share(standardised[at + k], k) > share(standardised[at + best], best) ? k : best;
      }
      return texts.get(best);
    }

    private double share(double standardised, int which) {
      return standardised * deviation(which) + shares.get(which);
    }

    private double deviation(int which) {
      return Math.sqrt(shares.get(which) * (1 - shares.get(which)));
    }
  }

  /**
   * A column that tells nothing of others: its holes all get one text.
   *
   * @param numeric whether it holds numbers, so that {@code NA} and {@code inf} are holes too
   */
  record Still(String text, boolean numeric) implements Column {
    @Override
    public int width() {
      return 0;
    }
  }
}
