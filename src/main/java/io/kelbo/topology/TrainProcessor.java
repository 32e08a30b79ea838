package io.kelbo.topology;

import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.observe.Meters;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Run;
import io.kelbo.sample.Draw;
import io.kelbo.train.Lineage;
import io.kelbo.train.Trainer;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * Keeps the sample, says when training is due, has a copy trained on another thread, and has {@link
 * Ending} forward what came of it together with the marker that says so.
 */
final class TrainProcessor extends ContextualProcessor<String, byte[], String, byte[]> {
  static final String WINDOW = "window";
  static final String MARKERS = "markers";

  private static final Logger LOG = LoggerFactory.getLogger(TrainProcessor.class);
  private static final int LEAST_RUNS = 4;

  private final TrainingPlan plan;
  private final ModelShelf shelf;
  private final PublishedFeedback feedback;
  private final Meters meters;
  private final InstantSource clock;

  private @Nullable Bench bench;
  private @Nullable Attempt attempt; // never two at once

  /** What a task works with, from its stores. */
  private record Bench(
      Map<String, TrainingWindow> windows,
      WindowStore<String, byte[]> store,
      KeyValueStore<String, byte[]> markers,
      PublishedModels published,
      Announcer announcer,
      Watch watch,
      Lessons lessons,
      Ending ending) {}

  TrainProcessor(
      TrainingPlan plan,
      ModelShelf shelf,
      PublishedFeedback feedback,
      Meters meters,
      InstantSource clock) {
    this.plan = plan;
    this.shelf = shelf;
    this.feedback = feedback;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> context) {
    super.init(context);
    WindowStore<String, byte[]> store = context.getStateStore(WINDOW);
    PublishedModels published = new PublishedModels(context.getStateStore(PublishedModels.STORE));
    Announcer announcer = new Announcer(context, published, meters, plan.told());
    bench =
        new Bench(
            new HashMap<>(TrainingWindow.restored(store, bound())),
            store,
            context.getStateStore(MARKERS),
            published,
            announcer,
            new Watch(context.getStateStore(Watch.LOOKOUT), announcer, plan),
            new Lessons(feedback, context.getStateStore(PublishedFeedback.STORE)),
            new Ending(published, announcer));
    context.schedule(
        Duration.ofSeconds(1), PunctuationType.WALL_CLOCK_TIME, now -> attend(bench()));
  }

  @Override
  public void process(Record<String, byte[]> record) {
    String topic = context().recordMetadata().map(at -> at.topic()).orElse(plan.topics().samples());
    try {
      if (topic.equals(plan.topics().tallies())) {
        tallied(bench(), Tally.read(record.value()));
      } else if (topic.equals(plan.topics().control())) {
        asked(bench(), record.value());
      } else {
        sampled(bench(), Sample.read(record.value()), record);
      }
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "a record of '%s' cannot be read; only Kelbo may write there".formatted(topic),
          unreadable);
    }
  }

  private void sampled(Bench at, Sample sample, Record<String, byte[]> record) {
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
    Marker.Cause cause =
        champion == null
            ? null
            : marker.falling(now, plan.every(), window.records(), champion.provenance());
    if (cause != null) {
      marker = marker.dueAt(now, cause);
    } else if (stored != null) {
      return;
    }
    at.markers().put(segment, marker.write());
  }

  private void tallied(Bench at, Tally tally) {
    Model champion = champion(at, tally.segment());
    if (champion == null) {
      return;
    }
    Marker marker = Marker.read(at.markers().get(tally.segment()), tally.to());
    Integer version = champion.provenance().parent();
    ModelId parent = version == null ? null : new ModelId(tally.segment(), version);
    boolean readable =
        parent != null && shelf.model(parent, at.published().snapshotBytes(parent)) != null;
    Marker after =
        at.watch().add(tally, champion, readable ? parent : null, marker, clock.instant());
    if (!after.equals(marker)) {
      at.markers().put(tally.segment(), after.write());
    }
  }

  private void asked(Bench at, byte @Nullable [] value) {
    Control control;
    try {
      control = Control.read(Objects.requireNonNullElse(value, new byte[0]));
    } catch (IOException notOurs) {
      // People may write here by hand; a slip of theirs stops nothing.
      LOG.atWarn().addKeyValue("reason", notOurs.getMessage()).log("control record left out");
      return;
    }
    String segment = control.segment();
    Marker marker =
        Marker.read(at.markers().get(segment), Math.max(0, context().currentStreamTimeMs()));
    TrainingWindow window = at.windows().get(segment);
    long records = window == null ? 0 : window.records();
    if (control.action() != Control.Action.TRAIN) {
      boolean on = control.action() == Control.Action.FREEZE;
      at.announcer().tell(Ending.frozen(control, on, clock.instant()));
      marker = marker.freezing(on);
    } else if (records < Trainer.MINIMUM_RECORDS || champion(at, segment) == null) {
      at.announcer().tellOfTraining(Ending.tooFew(control, records, clock.instant()));
    } else {
      marker = marker.dueAt(Math.max(0, context().currentStreamTimeMs()), Marker.Cause.DEMAND);
    }
    at.markers().put(segment, marker.write());
  }

  private void attend(Bench at) {
    for (Map.Entry<String, TrainingWindow> entry : at.windows().entrySet()) {
      byte[] stored = at.markers().get(entry.getKey());
      if (attempt == null && stored != null && Marker.read(stored, 0).isDue()) {
        begin(at, entry.getKey(), entry.getValue(), Marker.read(stored, 0));
      }
    }
    Attempt work = attempt;
    if (work == null) {
      return;
    }
    boolean overdue = !work.ended() && work.lasted().compareTo(plan.timeout()) > 0;
    if (overdue) {
      work.abandon();
    }
    if (overdue || work.ended()) {
      attempt = null;
      meters.training.record(work.lasted());
      Marker marker = Marker.read(at.markers().get(work.id().segment()), 0);
      Marker done = at.ending().of(work, marker, overdue ? plan.timeout() : null, clock.instant());
      at.markers().put(work.id().segment(), done.write());
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
    GrownLayout grown = new GrownLayout(champion.layout());
    window.look(grown::add);
    InputLayout layout = grown.layout();
    List<Run> runs = at.lessons().applied(window.runs(layout.fields()));
    Lineage lineage = new Lineage(id, clock.instant(), champion, List.of());
    long records = runs.stream().mapToLong(run -> run.moments().size()).sum();
    Attempt next =
        new Attempt(
            id,
            at.published().champion(segment),
            marker,
            records,
            () -> plan.training().train(layout, runs, plan.settings(), lineage));
    try {
      next.begin(plan.executor());
      attempt = next;
    } catch (RejectedExecutionException closing) {
      LOG.debug("no training begins: closing");
    }
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
    if (attempt != null) {
      attempt.abandon();
    }
  }
}
