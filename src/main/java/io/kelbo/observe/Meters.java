package io.kelbo.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts in the meters that {@link Meter} declares. Safe for all threads.
 *
 * <p>Counters count what a process did. A transaction that Kafka aborts is done again and counted
 * again; the topics, not these, are exact.
 */
public final class Meters {
  /** The segment where there is one model for all. */
  public static final String DEFAULT_SEGMENT = "default";

  /** Records of the input that were taken up, readable or not. */
  public final Counter records;

  /** Records with a null value, which were skipped. */
  public final Counter tombstones;

  /** Anomalies that opened an episode. */
  public final Counter episodes;

  /** Records whose time was too far ahead to be believed yet. */
  public final Counter heldClocks;

  /** Sample runs sent to the trainers. */
  public final Counter samples;

  public final Counter predictions;

  /** Published models that could not be read. */
  public final Counter refusedModels;

  /** Published rules that could not be read. */
  public final Counter refusedRules;

  /** Feedback that could not be read. */
  public final Counter refusedFeedback;

  /** Entities whose state was forgotten, since they sent nothing for too long. */
  public final Counter forgotten;

  /** Stream threads that died and were replaced. */
  public final Counter replacedThreads;

  /** Time from a record's bytes to its verdict. */
  public final Timer judging;

  /** Time that trainings took. */
  public final Timer training;

  /** All meters, for whoever knows what to count in. */
  public final Series series;

  private final MeterRegistry registry;
  private final AtomicLong openEpisodes = new AtomicLong();
  private final Map<String, Long> judged = new ConcurrentHashMap<>();
  private final AtomicLong modelVersion = new AtomicLong();
  private final AtomicLong modelTrainedAt = new AtomicLong();

  public Meters(MeterRegistry registry) {
    this.registry = registry;
    series = new Series(registry);
    records = series.counter(Meter.RECORDS);
    tombstones = series.counter(Meter.TOMBSTONES);
    episodes = series.counter(Meter.EPISODES);
    heldClocks = series.counter(Meter.CLOCK_HELD);
    samples = series.counter(Meter.SAMPLES);
    predictions = series.counter(Meter.PREDICTIONS);
    refusedModels = series.counter(Meter.REFUSED_MODELS);
    refusedRules = series.counter(Meter.REFUSED_RULES);
    refusedFeedback = series.counter(Meter.REFUSED_FEEDBACK);
    forgotten = series.counter(Meter.FORGOTTEN);
    series.set(Meter.RULES, 0);
    replacedThreads = series.counter(Meter.REPLACED_THREADS);
    judging = series.timer(Meter.JUDGING);
    training = series.timer(Meter.TRAINING);
    series.set(Meter.WARMUP, 0);
    series.watch(Meter.EPISODES_OPEN, openEpisodes::get);
    series.counter(Meter.ALLOWED_ALARMS);
    // From zero on, so that Prometheus sees the first of each rise.
    for (Meter meter : Meter.values()) {
      List<Label> labels = meter.labels();
      if (meter.kind() == Meter.Kind.COUNTER && !labels.isEmpty()) {
        for (String word : labels.get(0).words()) {
          series.counter(meter, labels.size() == 1 ? new String[] {word} : segmented(word));
        }
      }
    }
  }

  /** Counts a verdict by its kind's word, such as {@code anomaly}. */
  public void verdict(String kind) {
    series.counter(Meter.VERDICTS, segmented(kind)).increment();
  }

  /** Counts a dead letter by its reason's word, such as {@code not_json}. */
  public void deadLetter(String reason) {
    series.counter(Meter.DEAD_LETTERS, reason).increment();
  }

  /** Counts a training by how it ended: {@code promoted}, {@code rejected} or {@code failed}. */
  public void trained(String outcome, String segment) {
    series.counter(Meter.TRAININGS, outcome, segment).increment();
  }

  public void model(String segment, int version, long trainedAtSeconds) {
    if (segment.equals(DEFAULT_SEGMENT)) {
      modelVersion.set(version);
      modelTrainedAt.set(trainedAtSeconds);
    }
    series.set(Meter.MODEL_VERSION, version, segment);
    series.set(Meter.MODEL_TRAINED_AT, trainedAtSeconds, segment);
  }

  /** So many more episodes are open here; below 0, fewer. */
  public void openEpisodes(int more) {
    openEpisodes.addAndGet(more);
  }

  /** A record of the input was answered. */
  public void judged(String partition, long offset) {
    judged.put(partition, offset);
  }

  /** Offset of the record answered last here, by input partition. */
  public Map<String, Long> judged() {
    return Map.copyOf(judged);
  }

  /** The version of the default segment that scores here; 0 before there is one. */
  public long modelVersion() {
    return modelVersion.get();
  }

  /** When it was trained, in seconds since 1970. */
  public long modelTrainedAt() {
    return modelTrainedAt.get();
  }

  public void rules(long inUse) {
    series.set(Meter.RULES, inUse);
  }

  public void warmUp(long collected) {
    series.set(Meter.WARMUP, collected);
  }

  /** The total of a counter over all its tags; 0 where nothing was counted yet. */
  public long total(String name) {
    return (long) registry.find(name).counters().stream().mapToDouble(Counter::count).sum();
  }

  /** A counter's counts by the value of one tag; those that are 0 are left out. */
  public Map<String, Long> byTag(String name, String tag) {
    Map<String, Long> counts = new TreeMap<>();
    for (Counter counter : registry.find(name).counters()) {
      long count = Math.round(counter.count());
      if (count > 0) {
        counts.merge(String.valueOf(counter.getId().getTag(tag)), count, Long::sum);
      }
    }
    return counts;
  }

  /** The names of all meters, as Micrometer writes them. */
  public static List<String> names() {
    return Arrays.stream(Meter.values()).map(Meter::word).toList();
  }

  private static String[] segmented(String word) {
    return new String[] {word, DEFAULT_SEGMENT};
  }
}
