package io.kelbo.service;

import java.util.Collection;
import java.util.Optional;

/** The known word nearest to a mistyped one, for "did you mean". */
final class Nearest {
  private Nearest() {}

  /** The word with the fewest edits, if they are few for its length. */
  static Optional<String> to(String typed, Collection<String> known) {
    String nearest = null;
    int fewest = Math.max(2, typed.length() / 3) + 1;
    for (String word : known) {
      int edits = edits(typed, word);
      // Someone who leaves out the section ('topic'), or goes below the key, means the key.
      if (word.endsWith("." + typed) || typed.startsWith(word + ".")) {
        edits = 1;
      }
      if (edits < fewest) {
        fewest = edits;
        nearest = word;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** Levenshtein's distance. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int swap = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(swap, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
