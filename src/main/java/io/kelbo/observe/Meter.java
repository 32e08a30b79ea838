package io.kelbo.observe;

import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every meter of Kelbo, declared once: kind, unit, sentence, tags. {@link Meters} counts in them;
 * {@code docs/metrics.md} is made from them.
 */
public enum Meter {
  RECORDS(Kind.COUNTER, "records", "Input records taken up, readable or not."),
  TOMBSTONES(Kind.COUNTER, "tombstones", "Input records without a value, skipped."),
  CLOCK_HELD(Kind.COUNTER, "records", "Records whose time was too far ahead to count."),
  VERDICTS(Kind.COUNTER, "verdicts", "Verdicts by kind.", Label.KIND, Label.SEGMENT),
  ANOMALIES(
      Kind.COUNTER,
      "anomalies",
      "Anomalies by the field that explains most.",
      Label.FIELD,
      Label.SEGMENT),
  EPISODES(Kind.COUNTER, "episodes", "Episodes of anomalies that were opened."),
  EPISODES_OPEN(
      Kind.GAUGE, null, "Open episodes of the entities heard of since this instance began."),
  ALLOWED_ALARMS(
      Kind.COUNTER, "alarms", "False alarms that the budget grants the records scored so far."),
  DEAD_LETTERS(Kind.COUNTER, "letters", "Records set aside by reason.", Label.REASON),
  SUPPRESSED(Kind.COUNTER, "records", "Alarms held back by rules or feedback.", Label.RULE),
  FEEDBACK(Kind.COUNTER, "answers", "What people said of alarms.", Label.SAID),
  CELLS(Kind.COUNTER, "cells", "Fields of records that met a model, with a value or without."),
  MISSING_CELLS(Kind.COUNTER, "cells", "Fields without a value by field.", Label.FIELD),
  IMPUTED_CELLS(Kind.COUNTER, "cells", "Missing fields that were filled, by field.", Label.FIELD),
  REPAIRED_CELLS(
      Kind.COUNTER, "cells", "Unlikely values that were replaced, by field.", Label.FIELD),
  PREDICTIONS(Kind.COUNTER, "predictions", "Targets told of records that lack them."),
  SURPRISAL(
      Kind.SUMMARY,
      "nats",
      "How strange scored records are.",
      List.of(2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 3000.0, 10000.0),
      Label.SEGMENT),
  // Micrometer rounds what it sorts into buckets up to whole numbers: a p-value would be 1.
  RARITY(
      Kind.SUMMARY,
      "decades",
      "Minus the decimal logarithm of scored records' p-values: above 2 ought to be 1 in 100.",
      List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0),
      Label.SEGMENT),
  JUDGING(
      Kind.TIMER,
      "seconds",
      "Time from a record's bytes to its verdict.",
      List.of(1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 1e-2, 0.1, 1.0)),
  LATENCY(
      Kind.TIMER,
      "seconds",
      "Time from a record's Kafka timestamp to its verdict, whatever clock the producer used.",
      List.of(0.005, 0.01, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 60.0, 600.0, 3600.0)),
  LAG(Kind.GAUGE, "records", "Input records that this instance has not fetched yet."),
  LAG_AGE(
      Kind.GAUGE,
      "seconds",
      "How long the oldest unanswered record has waited, since this instance sees the topic's end."),
  READY(
      Kind.GAUGE,
      null,
      "1 where the instance does what its roles ask of it, 0 while not.",
      Label.ROLES),
  WARMUP(Kind.GAUGE, "records", "Records collected for the first model so far."),
  SAMPLES(Kind.COUNTER, "samples", "Runs of records sent to the trainers."),
  MODEL_VERSION(Kind.GAUGE, null, "Version of the model that scores.", Label.SEGMENT),
  MODEL_TRAINED_AT(
      Kind.GAUGE,
      "seconds",
      "When the model that scores was trained, in seconds since 1970: its age is time() less this.",
      Label.SEGMENT),
  MODEL_THRESHOLD(
      Kind.GAUGE, "ratio", "The p-value below which a record opens an alarm.", Label.SEGMENT),
  RULES(Kind.GAUGE, "rules", "Rules in use."),
  REFUSED_RULES(Kind.COUNTER, "rules", "Published rules that could not be read."),
  REFUSED_FEEDBACK(Kind.COUNTER, "answers", "Feedback that could not be read."),
  FORGOTTEN(
      Kind.COUNTER, "entities", "Entities whose state was let go: they sent nothing for long."),
  REFUSED_MODELS(Kind.COUNTER, "models", "Published models that could not be read."),
  TRAININGS(Kind.COUNTER, "trainings", "Trainings by outcome.", Label.OUTCOME, Label.SEGMENT),
  TRAINING(Kind.TIMER, "seconds", "Time that trainings took.", List.of(1.0, 5.0, 30.0, 120.0)),
  TRAINING_SAMPLE(Kind.GAUGE, "records", "What the last training learned from.", Label.SEGMENT),
  TRAINING_ELBO(
      Kind.GAUGE,
      "nats",
      "Evidence lower bound a record of the last training, on the newest fifth, held out.",
      Label.SEGMENT),
  TRAINING_RECONSTRUCTION(
      Kind.GAUGE, "nats", "The bound's reconstruction part a record, a loss.", Label.SEGMENT),
  TRAINING_KL(
      Kind.GAUGE, "nats", "The bound's KL part a record, by latent.", Label.LATENT, Label.SEGMENT),
  TRAINING_ACTIVE(
      Kind.GAUGE, "latents", "Latents whose mean varies: variance above 0.01.", Label.SEGMENT),
  TRAINING_HELD_OUT(
      Kind.GAUGE, "nats", "Loss on hidden values of the challenger, a record.", Label.SEGMENT),
  GATE_MARGIN(
      Kind.GAUGE,
      "nats",
      "By how much the last challenger beat the champion, a record; negative: worse.",
      Label.SEGMENT),
  DRIFT(
      Kind.GAUGE,
      "ratio",
      "How far a field, or a whole '(record)', has moved since it was learned.",
      Label.FIELD),
  RESTORING(Kind.GAUGE, "records", "State still to be restored from Kafka.", Label.ROLE),
  RESTORED(Kind.COUNTER, "records", "State that was restored from Kafka.", Label.ROLE),
  STATE(Kind.GAUGE, "bytes", "Size of the local state, all stores."),
  STATE_FREE(Kind.GAUGE, "bytes", "Room left on the disk of the local state."),
  THREADS(Kind.GAUGE, null, "Stream threads by state.", Label.ROLE, Label.STATE),
  REPLACED_THREADS(Kind.COUNTER, "threads", "Stream threads that died and were replaced.");

  /** What a meter does. */
  public enum Kind {
    COUNTER,
    GAUGE,
    TIMER,
    SUMMARY
  }

  private final Kind kind;
  private final @Nullable String unit;
  private final String sentence;
  private final List<Double> bounds;
  private final List<Label> labels;

  Meter(Kind kind, @Nullable String unit, String sentence, Label... labels) {
    this(kind, unit, sentence, List.of(), labels);
  }

  Meter(Kind kind, @Nullable String unit, String sentence, List<Double> bounds, Label... labels) {
    this.kind = kind;
    this.unit = unit;
    this.sentence = sentence;
    this.bounds = bounds;
    this.labels = List.of(labels);
  }

  /** As Micrometer has it, such as {@code kelbo.dead.letters}. */
  public String word() {
    return "kelbo." + name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** As Prometheus has it, such as {@code kelbo_dead_letters_total}. */
  public String exposed() {
    return new PrometheusNamingConvention()
            .name(
                word(),
                switch (kind) {
                  case COUNTER -> io.micrometer.core.instrument.Meter.Type.COUNTER;
                  case GAUGE -> io.micrometer.core.instrument.Meter.Type.GAUGE;
                  case TIMER -> io.micrometer.core.instrument.Meter.Type.TIMER;
                  case SUMMARY -> io.micrometer.core.instrument.Meter.Type.DISTRIBUTION_SUMMARY;
                },
                unit)
        + (kind == Kind.COUNTER ? "_total" : "");
  }

  public Kind kind() {
    return kind;
  }

  /** The base unit; null where the number has none. */
  public @Nullable String unit() {
    return unit;
  }

  public String sentence() {
    return sentence;
  }

  /** Upper bounds of a histogram's buckets; empty for counters and gauges. */
  List<Double> bounds() {
    return bounds;
  }

  public List<Label> labels() {
    return labels;
  }
}
