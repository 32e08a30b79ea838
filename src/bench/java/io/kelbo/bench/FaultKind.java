package io.kelbo.bench;

import java.util.Locale;

/** What goes wrong with a field, and for how many records; explained is the last of them. */
enum FaultKind {
  SPIKE(1),
  SHIFT(8),
  STUCK(24),
  NOISE(8),
  OFFSET(24), // grows record by record
  BROKEN(4), // a value it has at another time: usual by itself, not beside the others
  PAIR_SHIFT(4),
  PAIR_SWAP(4); // two fields trade their standardised values

  final int records;

  FaultKind(int records) {
    this.records = records;
  }

  boolean pair() {
    return this == PAIR_SHIFT || this == PAIR_SWAP;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
