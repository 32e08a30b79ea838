package io.kelbo.topology;

import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.observe.Meters;
import io.kelbo.sample.Draw;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
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
  private boolean refusing;

  /** What a task works with, from its stores. */
  private record Bench(
      Map<String, TrainingWindow> windows,
      WindowStore<String, byte[]> store,
      KeyValueStore<String, byte[]> markers,
      Announcer announcer,
      Watch watch,
      Beginning beginning,
      Requests requests,
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
    Lessons lessons = new Lessons(feedback, context.getStateStore(PublishedFeedback.STORE));
    Beginning beginning = new Beginning(plan, shelf, published, lessons);
    Announcer announcer = new Announcer(context, published, meters, plan.told());
    bench =
        new Bench(
            new HashMap<>(TrainingWindow.restored(store, bound())),
            store,
            context.getStateStore(MARKERS),
            announcer,
            new Watch(context.getStateStore(Watch.LOOKOUT), announcer, plan),
            beginning,
            new Requests(announcer, beginning),
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
          "a record of '%s' cannot be read: %s; only Kelbo may write there"
              .formatted(topic, unreadable.getMessage()),
          unreadable);
    }
  }

  private void sampled(Bench at, Sample sample, Record<String, byte[]> record) {
    String segment = sample.segment();
    if (!at.windows().containsKey(segment) && at.windows().size() > Segments.MOST) {
      refuse(at, segment);
      return;
    }
    TrainingWindow window =
        at.windows()
            .computeIfAbsent(segment, name -> new TrainingWindow(name, at.store(), bound()));
    long now = Math.max(record.timestamp(), context().currentStreamTimeMs());
    long oldest = now - plan.window().toMillis();
    window.add(sample, record.value(), record.timestamp(), oldest);
    window.expire(oldest);
    byte[] stored = at.markers().get(segment);
    Marker marker = Marker.read(stored, record.timestamp());
    Marker.Cause cause = marker.isDue() ? null : cause(at, segment, marker, now, window.records());
    if (cause != null) {
      marker = marker.dueAt(now, cause);
    } else if (stored != null) {
      return;
    }
    at.markers().put(segment, marker.write());
  }

  private Marker.@Nullable Cause cause(
      Bench at, String segment, Marker marker, long now, long records) {
    Model champion = at.beginning().champion(segment);
    if (champion != null) {
      return marker.falling(now, plan.every(), records, champion.provenance());
    }
    // One that could not be learned is tried again with twice as many records.
    boolean enough = records >= Math.max(plan.first(), 2 * marker.learned());
    return enough && at.beginning().welcome(segment) ? Marker.Cause.FIRST : null;
  }

  /** Tasks that scored other records may have taken in other segments: of too many, once. */
  private void refuse(Bench at, String segment) {
    if (!refusing) {
      refusing = true;
      at.announcer().tell(LifecycleEvent.refused(Segments.excess(segment), clock.instant()));
    }
  }

  private void tallied(Bench at, Tally tally) {
    Model champion = at.beginning().champion(tally.segment());
    if (champion == null) {
      return;
    }
    Marker marker = Marker.read(at.markers().get(tally.segment()), tally.to());
    Integer version = champion.provenance().parent();
    ModelId parent = version == null ? null : new ModelId(tally.segment(), version);
    boolean readable = at.beginning().model(parent) != null;
    Marker after =
        at.watch().add(tally, champion, readable ? parent : null, marker, clock.instant());
    if (!after.equals(marker)) {
      at.markers().put(tally.segment(), after.write());
    }
  }

  private void asked(Bench at, byte @Nullable [] value) {
    Control control = at.requests().read(value, clock.instant());
    if (control == null) {
      return;
    }
    long time = Math.max(0, context().currentStreamTimeMs());
    Marker marker = Marker.read(at.markers().get(control.segment()), time);
    TrainingWindow window = at.windows().get(control.segment());
    long records = window == null ? 0 : window.records();
    Marker after = at.requests().heed(control, marker, records, time, clock.instant());
    at.markers().put(control.segment(), after.write());
  }

  private void attend(Bench at) {
    if (attempt == null) {
      beginNext(at);
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

  /** Of the segments that are due, the one that has been for longest. */
  private void beginNext(Bench at) {
    String next = null;
    Marker earliest = null;
    for (String segment : at.windows().keySet()) {
      byte[] stored = at.markers().get(segment);
      Marker marker = Marker.read(stored, 0);
      boolean due = stored != null && marker.isDue();
      if (due && (earliest == null || marker.due() < earliest.due())) {
        next = segment;
        earliest = marker;
      }
    }
    TrainingWindow window = next == null ? null : at.windows().get(next);
    if (next != null && earliest != null && window != null) {
      begin(at, next, window, earliest);
    }
  }

  private void begin(Bench at, String segment, TrainingWindow window, Marker marker) {
    Attempt next = at.beginning().of(segment, window, marker, clock.instant());
    if (next == null) {
      return;
    }
    try {
      next.begin(plan.executor());
      attempt = next;
    } catch (RejectedExecutionException closing) {
      LOG.debug("no training begins: closing");
    }
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
