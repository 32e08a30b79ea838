package io.kelbo.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Every meter of Kelbo: name, unit, sentence, tags from closed sets (never a record's key).
 *
 * <p>Counters count what a process did. A transaction that Kafka aborts is done again and counted
 * again; the topics, not these, are exact.
 */
public final class Meters {
  /** Records of the input that were taken up, readable or not. */
  public final Counter records;

  /** Records with a null value, which were skipped. */
  public final Counter tombstones;

  /** Missing fields that were filled. */
  public final Counter imputedCells;

  /** Anomalies that opened an episode. */
  public final Counter episodes;

  /** Records whose time was too far ahead to be believed yet. */
  public final Counter heldClocks;

  /** Sample runs sent to the trainers. */
  public final Counter samples;

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

  private final MeterRegistry registry;
  private final AtomicLong modelVersion = new AtomicLong();
  private final AtomicLong modelTrainedAt = new AtomicLong();
  private final AtomicLong warmUp = new AtomicLong();
  private final AtomicLong rules = new AtomicLong();
  private final Map<String, Counter> tagged = new ConcurrentHashMap<>();

  public Meters(MeterRegistry registry) {
    this.registry = registry;
    records = counter("kelbo.records", "records", "Input records taken up.");
    tombstones = counter("kelbo.tombstones", "records", "Input records without a value, skipped.");
    imputedCells = counter("kelbo.imputed.cells", "cells", "Missing fields that were filled.");
    episodes = counter("kelbo.episodes", "episodes", "Episodes of anomalies that were opened.");
    heldClocks =
        counter("kelbo.clock.held", "records", "Records whose time was too far ahead to count.");
    samples = counter("kelbo.samples", "samples", "Runs of records sent to the trainers.");
    refusedModels =
        counter("kelbo.models.refused", "models", "Published models that could not be read.");
    refusedRules = counter("kelbo.rules.refused", "rules", "Published rules that cannot be read.");
    refusedFeedback =
        counter("kelbo.feedback.refused", "records", "Feedback that could not be read.");
    forgotten =
        counter("kelbo.entities.forgotten", "entities", "States of entities that were let go.");
    replacedThreads =
        counter("kelbo.threads.replaced", "threads", "Stream threads that died and were replaced.");
    judging =
        Timer.builder("kelbo.judging")
            .description("Time from a record's bytes to its verdict.")
            .register(registry);
    training =
        Timer.builder("kelbo.training").description("Time that trainings took.").register(registry);
    gauge("kelbo.model.version", "version", "Version of the model that scores.", modelVersion);
    gauge(
        "kelbo.model.trained.at",
        "seconds",
        "When the model that scores was trained, in seconds since 1970.",
        modelTrainedAt);
    gauge("kelbo.rules", "rules", "Rules in use.", rules);
    gauge(
        "kelbo.warmup.records", "records", "Records collected for the first model so far.", warmUp);
  }

  /** Counts a verdict by its kind's word, such as {@code anomaly}. */
  public void verdict(String kind) {
    tagged("kelbo.verdicts", "verdicts", "Verdicts by kind.", "kind", kind).increment();
  }

  /** Counts a dead letter by its reason's word, such as {@code not_json}. */
  public void deadLetter(String reason) {
    tagged("kelbo.dead.letters", "records", "Records set aside by reason.", "reason", reason)
        .increment();
  }

  /** Counts a training by how it ended: {@code promoted}, {@code rejected} or {@code failed}. */
  public void trained(String outcome) {
    tagged("kelbo.trainings", "trainings", "Trainings by outcome.", "outcome", outcome).increment();
  }

  public void model(int version, long trainedAtSeconds) {
    modelVersion.set(version);
    modelTrainedAt.set(trainedAtSeconds);
  }

  /** The version that scores here; 0 before there is one. */
  public long modelVersion() {
    return modelVersion.get();
  }

  /** When it was trained, in seconds since 1970. */
  public long modelTrainedAt() {
    return modelTrainedAt.get();
  }

  public void rules(long inUse) {
    rules.set(inUse);
  }

  public void warmUp(long collected) {
    warmUp.set(collected);
  }

  /** The total of a counter over all its tags; 0 where nothing was counted yet. */
  public long total(String name) {
    return (long) registry.find(name).counters().stream().mapToDouble(Counter::count).sum();
  }

  /** A counter's count by the value of its only tag. */
  public Map<String, Long> byTag(String name, String tag) {
    Map<String, Long> counts = new TreeMap<>();
    registry
        .find(name)
        .counters()
        .forEach(c -> counts.put(String.valueOf(c.getId().getTag(tag)), Math.round(c.count())));
    return counts;
  }

  /** The names of all meters, as Micrometer writes them. */
  public static List<String> names() {
    return List.of(
        "kelbo.records",
        "kelbo.tombstones",
        "kelbo.imputed.cells",
        "kelbo.episodes",
        "kelbo.clock.held",
        "kelbo.samples",
        "kelbo.models.refused",
        "kelbo.rules.refused",
        "kelbo.feedback.refused",
        "kelbo.entities.forgotten",
        "kelbo.rules",
        "kelbo.threads.replaced",
        "kelbo.judging",
        "kelbo.training",
        "kelbo.model.version",
        "kelbo.model.trained.at",
        "kelbo.warmup.records",
        "kelbo.verdicts",
        "kelbo.dead.letters",
        "kelbo.trainings");
  }

  private Counter counter(String name, String unit, String sentence) {
    return Counter.builder(name).baseUnit(unit).description(sentence).register(registry);
  }

  private Counter tagged(String name, String unit, String sentence, String tag, String value) {
    return tagged.computeIfAbsent(
        name + "/" + value,
        key ->
            Counter.builder(name)
                .baseUnit(unit)
                .description(sentence)
                .tag(tag, value)
                .register(registry));
  }

  private void gauge(String name, String unit, String sentence, AtomicLong value) {
    Gauge.builder(name, value, AtomicLong::get)
        .baseUnit(unit)
        .description(sentence)
        .register(registry);
  }
}
