package io.kelbo.topology;

import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.observe.Meters;
import io.kelbo.record.Run;
import io.kelbo.sample.Draw;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the sample, says when training is due, has a copy trained on another thread, and forwards
 * what came of it together with the marker that says so.
 */
final class TrainProcessor extends ContextualProcessor<String, byte[], String, byte[]> {
  static final String WINDOW = "window";
  static final String MARKERS = "markers";

  /** How many snapshots of a segment are kept; older ones become tombstones. */
  static final int KEPT = 20;

  private static final Logger LOG = LoggerFactory.getLogger(TrainProcessor.class);
  private static final int LEAST_RUNS = 4;

  private final TrainingPlan plan;
  private final ModelShelf shelf;
  private final Meters meters;
  private final InstantSource clock;

  private @Nullable Bench bench;
  private @Nullable Work work;

  /** What a task works with, from its stores. */
  private record Bench(
      Map<String, TrainingWindow> windows,
      WindowStore<String, byte[]> store,
      KeyValueStore<String, byte[]> markers,
      PublishedModels published) {}

  /** The training under way: never two at once. */
  private record Work(
      ModelId id,
      @Nullable ModelId parent,
      long records,
      long begun,
      CompletableFuture<Outcome> outcome) {}

  TrainProcessor(TrainingPlan plan, ModelShelf shelf, Meters meters, InstantSource clock) {
    this.plan = plan;
    this.shelf = shelf;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> context) {
    super.init(context);
    WindowStore<String, byte[]> store = context.getStateStore(WINDOW);
    KeyValueStore<String, byte[]> models = context.getStateStore(PublishedModels.STORE);
    bench =
        new Bench(
            new HashMap<>(TrainingWindow.restored(store, bound())),
            store,
            context.getStateStore(MARKERS),
            new PublishedModels(models));
    context.schedule(
        Duration.ofSeconds(1), PunctuationType.WALL_CLOCK_TIME, now -> attend(bench()));
  }

  @Override
  public void process(Record<String, byte[]> record) {
    Sample sample;
    try {
      sample = Sample.read(record.value());
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "a sample cannot be read; only Kelbo may write to its topic", unreadable);
    }
    Bench at = bench();
    String segment = sample.segment();
    TrainingWindow window =
        at.windows()
            .computeIfAbsent(segment, name -> new TrainingWindow(name, at.store(), bound()));
    long now = Math.max(record.timestamp(), context().currentStreamTimeMs());
    long oldest = now - plan.window().toMillis();
    window.add(sample, record.value(), record.timestamp(), oldest);
    window.expire(oldest);
    byte[] stored = at.markers().get(segment);
    Marker marker = Marker.read(stored, record.timestamp());
    Model champion = marker.isDue() ? null : champion(at, segment);
    if (champion != null
        && marker.falling(now, plan.every(), window.records(), champion.provenance())) {
      marker = marker.dueAt(now);
    } else if (stored != null) {
      return;
    }
    at.markers().put(segment, marker.write());
  }

  private void attend(Bench at) {
    for (Map.Entry<String, TrainingWindow> entry : at.windows().entrySet()) {
      byte[] stored = at.markers().get(entry.getKey());
      if (work == null && stored != null && Marker.read(stored, 0).isDue()) {
        begin(at, entry.getKey(), entry.getValue(), Marker.read(stored, 0));
      }
    }
    Work done = work;
    if (done != null && done.outcome().isDone()) {
      work = null;
      finish(at, done);
    }
  }

  private void begin(Bench at, String segment, TrainingWindow window, Marker marker) {
    Model champion = champion(at, segment);
    if (champion == null || window.records() < Trainer.MINIMUM_RECORDS) {
      return;
    }
    List<Integer> versions = at.published().versions(segment);
    int newest = versions.isEmpty() ? 0 : versions.get(versions.size() - 1);
    ModelId id = new ModelId(segment, Math.max(newest, marker.version()) + 1);
    List<Run> runs = window.runs(champion.layout().fields());
    Lineage lineage = new Lineage(id, clock.instant(), champion, List.of());
    long records = runs.stream().mapToLong(run -> run.moments().size()).sum();
    try {
      work =
          new Work(
              id,
              at.published().champion(segment),
              records,
              System.nanoTime(),
              CompletableFuture.supplyAsync(
                  () -> plan.training().train(champion.layout(), runs, plan.settings(), lineage),
                  plan.executor()));
    } catch (RejectedExecutionException closing) {
      LOG.debug("no training begins: closing");
    }
  }

  private void finish(Bench at, Work done) {
    meters.training.record(Duration.ofNanos(System.nanoTime() - done.begun()));
    Instant now = clock.instant();
    String segment = done.id().segment();
    LifecycleEvent event;
    Outcome.Promoted promoted = null;
    byte[] snapshot = new byte[0];
    try {
      Outcome outcome = done.outcome().join();
      if (!Objects.equals(done.parent(), at.published().champion(segment))) {
        // A rollback or promotion by hand must not be undone by what was under way.
        outcome = new Outcome.Rejected("another champion was chosen meanwhile", outcome.figures());
      }
      if (outcome instanceof Outcome.Promoted won) {
        snapshot = ModelSnapshot.of(won.model()).write();
        promoted = won;
      }
      event = LifecycleEvent.of(done.id(), now, outcome);
    } catch (RuntimeException failed) {
      // Whatever went wrong in training, the champion stays and the stream goes on.
      Throwable cause = Objects.requireNonNullElse(failed.getCause(), failed);
      LOG.atWarn().addKeyValue("segment", segment).setCause(cause).log("training failed");
      event = LifecycleEvent.failed(segment, now, cause);
    }
    // Outside of the try: that a task moved or a send failed says nothing about the training.
    if (promoted != null) {
      publish(at, promoted, snapshot, now);
    }
    int version = promoted == null ? 0 : done.id().version();
    at.markers()
        .put(
            segment,
            Marker.read(at.markers().get(segment), 0).done(done.records(), version).write());
    context()
        .forward(
            new Record<>(segment, event.write(), now.toEpochMilli()), TrainingTopology.LIFECYCLE);
    meters.trained(event.kind().word());
    ModelFigures.show(meters, segment, event.figures());
    plan.told().accept(event);
  }

  private void publish(Bench at, Outcome.Promoted promoted, byte[] snapshot, Instant now) {
    ModelId id = promoted.model().id();
    send(ModelSnapshot.key(id), snapshot, now);
    send(id.segment(), new Champion(id.version(), now, promoted.reason()).write(), now);
    TreeSet<Integer> versions = new TreeSet<>(at.published().versions(id.segment()));
    versions.add(id.version());
    while (versions.size() > KEPT) {
      send(ModelSnapshot.key(new ModelId(id.segment(), versions.pollFirst())), null, now);
    }
  }

  private void send(String key, byte @Nullable [] value, Instant now) {
    context().forward(new Record<>(key, value, now.toEpochMilli()), TrainingTopology.MODELS);
  }

  private @Nullable Model champion(Bench at, String segment) {
    ModelId id = at.published().champion(segment);
    return id == null ? null : shelf.model(id, at.published().snapshotBytes(id));
  }

  private int bound() {
    return Math.max(LEAST_RUNS, plan.sample() / Draw.RUN);
  }

  private Bench bench() {
    return Objects.requireNonNull(bench, "init comes before process");
  }

  @Override
  public void close() {
    if (work != null) {
      work.outcome().cancel(true);
    }
  }
}
