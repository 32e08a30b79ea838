package io.kelbo.service;

import static io.kelbo.service.Readings.duration;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys that bound what a running instance takes: memory of its stores, time, and backlog. */
final class LifeKeys {
  static final Setting<Long> STORES =
      Setting.define(
          "state.memory",
          "128 MB",
          "a size from '16 MB' to '64 GB'",
          "Memory outside of the heap for all state stores of the process together: block cache, and in it write buffers up to half.",
          Readings.size(16L << 20, 64L << 30));
  static final Setting<Duration> STOP_WITHIN =
      Setting.define(
          "stop.within",
          "PT10S",
          "a duration from PT3S to PT10M",
          "A stop that was asked for ends within this; what it had begun and not committed is done again. Shorter than the platform's patience.",
          duration("PT3S", "PT10M"));
  static final Setting<Optional<Duration>> LAG_MAX =
      Setting.define(
          "lag.max",
          "none",
          "'none', or a duration from PT1M to P3650D",
          "Records older than this when they are scored get the verdict `late` instead of an alarm; context and learning go on.",
          text ->
              text.equals("none")
                  ? Optional.empty()
                  : Optional.of(duration("PT1M", "P3650D").read(text)));

  private LifeKeys() {}

  static List<Setting<?>> all() {
    return List.of(STORES, STOP_WITHIN, LAG_MAX);
  }
}
