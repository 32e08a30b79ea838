package io.kelbo.topology;

import io.kelbo.model.ModelId;
import io.kelbo.observe.Meter;
import io.kelbo.observe.Meters;
import io.kelbo.train.Drift;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Sends what training decides: snapshots, champions, tombstones, and the story of them. */
final class Announcer {
  /** How many snapshots of a segment are kept; older ones become tombstones. */
  static final int KEPT = 20;

  /** As what a drift of no single field is shown. */
  static final String WHOLE_RECORD = "(record)";

  private final ProcessorContext<String, byte[]> context;
  private final PublishedModels published;
  private final Meters meters;
  private final Consumer<LifecycleEvent> told;
  private final Set<String> moved = new TreeSet<>();

  Announcer(
      ProcessorContext<String, byte[]> context,
      PublishedModels published,
      Meters meters,
      Consumer<LifecycleEvent> told) {
    this.context = context;
    this.published = published;
    this.meters = meters;
    this.told = told;
  }

  /** Publishes a snapshot, and lets go of the oldest: never of the champion, nor of its parent. */
  void snapshot(ModelId id, byte[] snapshot, @Nullable ModelId champion, int parent, Instant now) {
    send(ModelSnapshot.key(id), snapshot, now);
    TreeSet<Integer> versions = new TreeSet<>(published.versions(id.segment()));
    versions.add(id.version());
    int kept = versions.size();
    for (int version : versions) {
      boolean needed = version == parent || (champion != null && version == champion.version());
      if (kept > KEPT && !needed) {
        send(ModelSnapshot.key(new ModelId(id.segment(), version)), null, now);
        kept--;
      }
    }
  }

  void champion(ModelId id, String reason, Instant now) {
    send(id.segment(), new Champion(id.version(), now, reason).write(), now);
  }

  void tell(LifecycleEvent event) {
    context.forward(
        new Record<>(event.segment(), event.write(), event.at().toEpochMilli()),
        TrainingTopology.LIFECYCLE);
  }

  /** Tells of a training, and counts how it ended. */
  void tellOfTraining(LifecycleEvent event) {
    tell(event);
    meters.trained(event.kind().word(), event.segment());
    ModelFigures.show(meters, event.segment(), event.figures());
    told.accept(event);
  }

  /**
   * Shows how far fields have moved: above 1 is a drift.
   *
   * @param declared whether a drift still stands
   */
  void show(Map<String, Drift.Moved> drift, boolean declared) {
    if (!declared) {
      moved.forEach(field -> meters.series.set(Meter.DRIFT, 0, field));
      moved.clear();
    }
    drift.forEach(
        (field, how) -> {
          // Prometheus takes an empty label for none.
          String shown = field.equals(Lookout.RECORD) ? WHOLE_RECORD : field;
          meters.series.set(Meter.DRIFT, how.deviations() / Drift.BEYOND, shown);
          moved.add(shown);
        });
  }

  private void send(String key, byte @Nullable [] value, Instant now) {
    context.forward(new Record<>(key, value, now.toEpochMilli()), TrainingTopology.MODELS);
  }
}
