package io.kelbo.service;

import io.kelbo.train.Trainer;
import java.time.Duration;
import java.util.List;

/** The keys under {@code warmup}: what the first model learns from. */
final class WarmUpKeys {
  static final Setting<Integer> RECORDS =
      Setting.define(
          "warmup.records",
          "500",
          "a whole number from %d to 100000".formatted(Trainer.MINIMUM_RECORDS),
          "The first model learns from this many records.",
          Readings.whole(Trainer.MINIMUM_RECORDS, 100_000));
  static final Setting<Duration> TIME =
      Setting.define(
          "warmup.time",
          "PT1M",
          "a duration from PT1S to P1D",
          "Or from what came in this time, but at least %d records."
              .formatted(Trainer.MINIMUM_RECORDS),
          Readings.duration("PT1S", "P1D"));
  static final Setting<Integer> BACKLOG =
      Setting.define(
          "warmup.backlog",
          "0",
          "a whole number from 0 to 50000",
          "Where more records wait already, it learns from so many in all; those after `warmup.records` are judged all the same, though learned from.",
          Readings.whole(0, 50_000));

  private WarmUpKeys() {}

  static List<Setting<?>> all() {
    return List.of(RECORDS, TIME, BACKLOG);
  }
}
