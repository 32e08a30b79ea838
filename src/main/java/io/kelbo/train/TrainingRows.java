package io.kelbo.train;

import io.kelbo.context.EntityState;
import io.kelbo.context.Recent;
import io.kelbo.record.Field;
import io.kelbo.record.Fields;
import io.kelbo.record.Incoming;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The sample as rows: each record with its surroundings, replayed through the same state that
 * scoring uses. Rows stand run by run, in order of arrival; blocks are cut by time across all runs.
 */
final class TrainingRows {
  private final List<Observation> observations = new ArrayList<>();
  private final List<double[]> means = new ArrayList<>();
  private final List<int[]> misses = new ArrayList<>();
  private final List<int[]> repeats = new ArrayList<>();
  private final List<Integer> depths = new ArrayList<>();
  private final List<Integer> runs = new ArrayList<>();
  private final List<Run.Moment> moments = new ArrayList<>();
  private final List<String> entities; // by run
  private final List<Run> seen = new ArrayList<>(); // the sample, totals with what they grow by
  private final List<Instant> heldBack = new ArrayList<>(); // times of records in quarantine

  private TrainingRows(List<String> entities) {
    this.entities = entities;
  }

  /** The same sample in any order must train the same model. */
  static List<Run> ordered(List<Run> sample) {
    List<Run> ordered = new ArrayList<>(sample);
    ordered.sort(
        Comparator.comparing(Run::entity)
            .thenComparing(r -> r.moments().get(0).source().topic())
            .thenComparing(r -> r.moments().get(0).source().partition())
            .thenComparing(r -> r.moments().get(0).source().offset())
            .thenComparing(r -> r.moments().size()));
    return ordered;
  }

  /** Rows of history, where flagged records are held back however old they are. */
  static TrainingRows of(Fields fields, List<Run> ordered) {
    return of(fields, ordered, TrainingSettings.FOR_EVER);
  }

  /**
   * @param quarantine how long flagged records are held back at most: see {@link Quarantine}
   */
  static TrainingRows of(Fields fields, List<Run> ordered, Duration quarantine) {
    TrainingRows all = new TrainingRows(ordered.stream().map(Run::entity).toList());
    Recent recent = new Recent(fields.size());
    for (int r = 0; r < ordered.size(); r++) {
      String entity = ordered.get(r).entity();
      EntityState state = EntityState.fresh(entity, fields);
      List<Run.Moment> seen = new ArrayList<>();
      for (Run.Moment moment : ordered.get(r).moments()) {
        Observation came = moment.observation();
        Incoming incoming = new Incoming(entity, moment.time(), moment.source(), came);
        Observation grown = state.totals(moment.source().topic()).growth(came);
        Run.Moment own =
            grown == came
                ? moment
                : new Run.Moment(moment.time(), moment.source(), grown, moment.flagged());
        seen.add(own);
        if (grown.present() > 0) {
          state.surround(incoming, grown, recent);
          all.add(own, recent, r);
        }
        state.accept(incoming, moment.flagged());
      }
      all.seen.add(new Run(entity, seen));
    }
    return all.outOfQuarantine(quarantine);
  }

  private void add(Run.Moment moment, Recent recent, int run) {
    moments.add(moment);
    observations.add(moment.observation());
    means.add(recent.means.clone());
    misses.add(recent.misses.clone());
    repeats.add(recent.repeats.clone());
    depths.add(recent.depth);
    runs.add(run);
  }

  private TrainingRows outOfQuarantine(Duration lasts) {
    List<String> whose = IntStream.range(0, size()).mapToObj(this::entity).toList();
    boolean[] held = new Quarantine(moments, whose, lasts).held();
    TrainingRows free = keep(i -> !held[i]);
    IntStream.range(0, size())
        .filter(i -> held[i])
        .forEach(i -> free.heldBack.add(moments.get(i).time()));
    return free;
  }

  /** Leaves out records whose window reaches before their run, where enough others remain. */
  TrainingRows withFullContext() {
    TrainingRows full = keep(i -> depths.get(i) == Recent.WINDOW);
    return full.size() >= Math.max(200, size() / 2) ? full : this;
  }

  private TrainingRows keep(java.util.function.IntPredicate wanted) {
    TrainingRows kept = new TrainingRows(entities);
    kept.heldBack.addAll(heldBack);
    kept.seen.addAll(seen);
    for (int i = 0; i < size(); i++) {
      if (wanted.test(i)) {
        kept.moments.add(moments.get(i));
        kept.observations.add(observations.get(i));
        kept.means.add(means.get(i));
        kept.misses.add(misses.get(i));
        kept.repeats.add(repeats.get(i));
        kept.depths.add(depths.get(i));
        kept.runs.add(runs.get(i));
      }
    }
    return kept;
  }

  /**
   * The same rows as a model of other fields sees them: what it does not know is left out, what it
   * alone knows is missing.
   */
  TrainingRows as(Fields others) {
    TrainingRows seen = new TrainingRows(entities);
    Recent recent = new Recent(others.size());
    for (int i = 0; i < size(); i++) {
      Observation observation = observations.get(i);
      double[] numbers = new double[others.size()];
      @Nullable String[] texts = new String[others.size()];
      recent.depth = depths.get(i);
      for (int j = 0; j < numbers.length; j++) {
        int from = observation.fields().place(others.get(j).name());
        boolean known = from >= 0 && alike(observation.fields().get(from), others.get(j));
        numbers[j] = known ? observation.number(from) : Double.NaN;
        texts[j] = known ? observation.text(from) : null;
        recent.means[j] = known ? means.get(i)[from] : Double.NaN;
        recent.misses[j] = known ? misses.get(i)[from] : recent.depth;
        recent.repeats[j] = known ? repeats.get(i)[from] : 0;
      }
      Run.Moment own = moments.get(i);
      seen.add(
          new Run.Moment(
              own.time(), own.source(), new Observation(others, numbers, texts), own.flagged()),
          recent,
          runs.get(i));
    }
    return seen;
  }

  private static boolean alike(Field one, Field other) {
    return one.kind() == other.kind() && one.step() == other.step();
  }

  /** All runs of the sample as models see them: of running totals what they grew by. */
  List<Run> seen() {
    return seen;
  }

  int size() {
    return observations.size();
  }

  List<Observation> observations() {
    return observations;
  }

  List<double[]> means() {
    return means;
  }

  List<int[]> misses() {
    return misses;
  }

  List<int[]> repeats() {
    return repeats;
  }

  int[] depths() {
    return depths.stream().mapToInt(Integer::intValue).toArray();
  }

  List<Run.Moment> moments() {
    return moments;
  }

  /** The rows that were flagged and are no longer held back. */
  int[] flagged() {
    return IntStream.range(0, size()).filter(i -> moments.get(i).flagged()).toArray();
  }

  /** How many records in quarantine are no older than the oldest of some rows. */
  int heldBackSince(int[] places) {
    Instant oldest =
        Arrays.stream(places)
            .mapToObj(i -> moments.get(i).time())
            .min(Comparator.naturalOrder())
            .orElse(Instant.MAX);
    return (int) heldBack.stream().filter(time -> !time.isBefore(oldest)).count();
  }

  int run(int row) {
    return runs.get(row);
  }

  String entity(int row) {
    return entities.get(runs.get(row));
  }

  /** Writes a row's surroundings. */
  void surroundings(int row, Recent recent) {
    System.arraycopy(means.get(row), 0, recent.means, 0, recent.means.length);
    System.arraycopy(misses.get(row), 0, recent.misses, 0, recent.misses.length);
    System.arraycopy(repeats.get(row), 0, recent.repeats, 0, recent.repeats.length);
    recent.depth = depths.get(row);
  }

  /** For each row, which of {@code count} equal blocks of time it falls into; 0 is the oldest. */
  int[] blocks(int count) {
    Integer[] order = new Integer[size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparing(i -> moments.get(i).time())); // stable
    int[] blocks = new int[size()];
    for (int rank = 0; rank < order.length; rank++) {
      blocks[order[rank]] = (int) ((long) rank * count / order.length);
    }
    return blocks;
  }
}
