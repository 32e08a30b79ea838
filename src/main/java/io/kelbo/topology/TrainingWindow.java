package io.kelbo.topology;

import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.sample.BottomK;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A segment's sample: of the runs in the window those with the smallest draws, whatever the order
 * they came in. The records are in the window store; here is only what is where.
 */
final class TrainingWindow {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingWindow.class);
  private static final String SEPARATOR = "\u0000";

  private final String segment;
  private final WindowStore<String, byte[]> store;
  private final BottomK<String> chosen;
  private final Map<String, TreeMap<Integer, Piece>> pieces = new HashMap<>();
  private final Map<String, Long> leftOver = new HashMap<>();

  /** Where a piece is in the store, and how many records it holds. */
  private record Piece(long time, int records) {}

  TrainingWindow(String segment, WindowStore<String, byte[]> store, int bound) {
    this.segment = segment;
    this.store = store;
    this.chosen = new BottomK<>(bound);
  }

  /**
   * All segments that the store holds pieces of, indexed again after a restart. Pieces beyond a
   * bound that is lower than before are deleted with the next sample: while a task begins, its
   * stores cannot be written.
   */
  static Map<String, TrainingWindow> restored(WindowStore<String, byte[]> store, int bound) {
    Map<String, TrainingWindow> windows = new HashMap<>();
    try (KeyValueIterator<Windowed<String>, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Windowed<String>, byte[]> entry = all.next();
        try {
          Sample sample = Sample.read(entry.value);
          windows
              .computeIfAbsent(
                  sample.segment(), segment -> new TrainingWindow(segment, store, bound))
              .restore(sample, entry.key.window().start());
        } catch (IOException | RuntimeException corrupt) {
          LOG.atWarn()
              .addKeyValue("reason", String.valueOf(corrupt.getMessage()))
              .log("a stored sample cannot be read and is left out of training");
        }
      }
    }
    return windows;
  }

  /**
   * Takes a piece of a run, if it is not older than the window and the run's draw is among the
   * smallest.
   */
  void add(Sample sample, byte[] bytes, long time, long oldest) {
    leftOver.forEach((key, at) -> store.put(key, null, at));
    leftOver.clear();
    if (time < oldest) {
      return; // It must not take the place of a run that will stay.
    }
    String run = runKey(sample);
    for (String loser : chosen.offer(run, sample.draw())) {
      forget(loser).forEach((key, at) -> store.put(key, null, at));
    }
    if (chosen.holds(run)) {
      index(sample, run, time);
      store.put(storeKey(run, sample.part()), bytes, time);
    }
  }

  private void restore(Sample sample, long time) {
    String run = runKey(sample);
    for (String loser : chosen.offer(run, sample.draw())) {
      leftOver.putAll(forget(loser));
    }
    if (chosen.holds(run)) {
      index(sample, run, time);
    } else {
      leftOver.put(storeKey(run, sample.part()), time);
    }
  }

  private void index(Sample sample, String run, long time) {
    pieces
        .computeIfAbsent(run, key -> new TreeMap<>())
        .put(sample.part(), new Piece(time, sample.run().moments().size()));
  }

  /** Lets go of what is older than the window. */
  void expire(long before) {
    for (String run : List.copyOf(pieces.keySet())) {
      TreeMap<Integer, Piece> parts = pieces.getOrDefault(run, new TreeMap<>());
      parts.values().removeIf(piece -> piece.time() < before);
      if (parts.isEmpty()) {
        pieces.remove(run);
        chosen.remove(run);
      }
    }
  }

  long records() {
    return pieces.values().stream()
        .flatMap(parts -> parts.values().stream())
        .mapToLong(Piece::records)
        .sum();
  }

  /** Shows each piece of the sample. */
  void look(Consumer<Sample> each) {
    for (String run : chosen.keys()) {
      pieces
          .getOrDefault(run, new TreeMap<>())
          .forEach(
              (part, piece) -> {
                Sample sample = stored(run, part, piece);
                if (sample != null) {
                  each.accept(sample);
                }
              });
    }
  }

  /** Whether a sample says something of these fields; it knows neither their roles nor steps. */
  private static boolean shares(Fields of, Fields fields) {
    return of.list().stream().anyMatch(fields::knows);
  }

  /** The sample as these fields, neighbouring pieces joined; pieces of others are left out. */
  List<Run> runs(Fields fields) {
    List<Run> runs = new ArrayList<>();
    for (String run : chosen.keys()) {
      List<Run.Moment> moments = new ArrayList<>();
      String entity = "";
      int next = -1;
      for (Map.Entry<Integer, Piece> part : pieces.getOrDefault(run, new TreeMap<>()).entrySet()) {
        Sample sample = stored(run, part.getKey(), part.getValue());
        if (sample == null || !shares(sample.fields(), fields)) {
          continue;
        }
        if (part.getKey() != next && !moments.isEmpty()) {
          runs.add(new Run(entity, moments));
          moments.clear();
        }
        entity = sample.run().entity();
        for (Run.Moment moment : sample.run().moments()) {
          Observation fit = GrownLayout.refit(moment.observation(), fields, Map.of());
          moments.add(new Run.Moment(moment.time(), moment.source(), fit, moment.flagged()));
        }
        next = part.getKey() + 1;
      }
      if (!moments.isEmpty()) {
        runs.add(new Run(entity, moments));
      }
    }
    return runs;
  }

  private @Nullable Sample stored(String run, int part, Piece piece) {
    byte[] bytes = store.fetch(storeKey(run, part), piece.time());
    try {
      return bytes == null ? null : Sample.read(bytes);
    } catch (IOException readBefore) {
      throw new IllegalStateException("a sample that was read cannot be read again", readBefore);
    }
  }

  /** Takes a run out of the index; returns what is in the store of it, and at what time. */
  private Map<String, Long> forget(String run) {
    Map<String, Long> stored = new HashMap<>();
    TreeMap<Integer, Piece> parts = pieces.remove(run);
    if (parts != null) {
      parts.forEach((part, piece) -> stored.put(storeKey(run, part), piece.time()));
    }
    return stored;
  }

  private String runKey(Sample sample) {
    return segment + SEPARATOR + sample.run().entity() + SEPARATOR + sample.block();
  }

  private static String storeKey(String run, int part) {
    return run + SEPARATOR + part;
  }
}
