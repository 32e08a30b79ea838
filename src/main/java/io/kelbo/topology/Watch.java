package io.kelbo.topology;

import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.train.Drift;
import io.kelbo.train.Probation;
import io.kelbo.train.TrainingSettings;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acts on tallies: tells drift and makes a training due, and lets the parent of a new champion that
 * alarms far too much score again.
 */
final class Watch {
  static final String LOOKOUT = "lookout";

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final int MOST_FIGURES = 10;

  private final KeyValueStore<String, byte[]> store;
  private final Announcer announcer;
  private final TrainingSettings settings;
  private final boolean trains;

  Watch(KeyValueStore<String, byte[]> store, Announcer announcer, TrainingPlan plan) {
    this.store = store;
    this.announcer = announcer;
    this.settings = plan.settings();
    this.trains = plan.every() != null;
  }

  /**
   * Takes in a tally, and returns the marker with what is due because of it.
   *
   * @param champion the model that scores now; tallies of any other tell nothing
   * @param parent its parent, if it can still be read; null otherwise
   */
  Marker add(Tally tally, Model champion, @Nullable ModelId parent, Marker marker, Instant now) {
    ModelId id = champion.id();
    if (tally.version() != id.version() || !tally.fits(champion.layout().fields())) {
      return marker;
    }
    Lookout before = LookoutForm.read(store.get(id.segment()));
    Lookout.Told told = before.add(tally, champion, marker.promoted() == id.version());
    Lookout lookout = told.lookout();
    Marker after = marker;
    Tally block = told.block();
    if (!told.drift().isEmpty() && block != null) {
      announcer.tell(drift(id, now, told.drift(), block));
    }
    if (block != null) {
      announcer.show(told.drift(), lookout.declared());
    }
    if (trains && block != null && lookout.declared() && !after.isDue()) {
      // Told once, but tried with each block: the first challengers have seen too little of it.
      after = after.dueAt(tally.to(), Marker.Cause.DRIFT);
    }
    if (lookout.probation()
        && !marker.frozen()
        && Probation.failed(settings, lookout.own().count(), lookout.before().count())) {
      lookout = lookout.offProbation();
      if (parent == null) {
        LOG.atWarn()
            .addKeyValue("model", ModelSnapshot.key(id))
            .log(
                "the new champion alarms far too much and no model before it is there to go back to:"
                    + " look at what it learned from ('kelbo model show'), then 'kelbo model train'"
                    + " or, of another version, 'kelbo model promote'");
      } else {
        rollBack(id, parent, lookout, now);
        after = after.rolledBack();
      }
    }
    store.put(id.segment(), LookoutForm.write(lookout));
    return after;
  }

  private void rollBack(ModelId id, ModelId parent, Lookout lookout, Instant now) {
    Probation.Count own = lookout.own().count();
    Probation.Count before = lookout.before().count();
    double excess = Probation.excess(settings, own);
    String reason =
        String.format(
            Locale.ROOT,
            "version %d opened %d episodes in its first %d records, %.0f times its budget (allowed:"
                + " %.0f times), after version %d had opened %d in %d: version %d scores again",
            id.version(),
            own.opened(),
            own.records(),
            excess,
            Probation.MULTIPLE,
            parent.version(),
            before.opened(),
            before.records(),
            parent.version());
    announcer.champion(parent, reason, now);
    announcer.tell(
        new LifecycleEvent(
            id.segment(),
            LifecycleEvent.Kind.ROLLED_BACK,
            now,
            parent.version(),
            reason,
            Map.of(
                "from_version", (double) id.version(),
                "opened", (double) own.opened(),
                "records", (double) own.records(),
                "times_budget", excess,
                "opened_before", (double) before.opened(),
                "records_before", (double) before.records())));
  }

  private static LifecycleEvent drift(
      ModelId id, Instant now, Map<String, Drift.Moved> drift, Tally block) {
    Map<String, Double> figures = new TreeMap<>();
    figures.put("records", (double) block.records());
    figures.put("below_01", (double) block.below01() / block.records());
    figures.put("below_001", (double) block.below001() / block.records());
    figures.put("stream_time", (double) block.to());
    drift.entrySet().stream()
        .filter(e -> !e.getKey().equals(Lookout.RECORD))
        .sorted(
            Comparator.comparingDouble(
                    (Map.Entry<String, Drift.Moved> e) -> e.getValue().deviations())
                .reversed())
        .limit(MOST_FIGURES)
        .forEach(e -> figures.put(e.getValue().what() + "." + e.getKey(), e.getValue().size()));
    return new LifecycleEvent(
        id.segment(),
        LifecycleEvent.Kind.DRIFT,
        now,
        id.version(),
        Lookout.sentence(drift),
        figures);
  }
}
