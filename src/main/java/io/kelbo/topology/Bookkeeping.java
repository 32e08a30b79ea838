package io.kelbo.topology;

import io.kelbo.model.Episode;
import io.kelbo.model.Imputation;
import io.kelbo.model.Model;
import io.kelbo.model.Verdict;
import io.kelbo.observe.Meter;
import io.kelbo.observe.Meters;
import io.kelbo.record.Observation;
import io.kelbo.record.Source;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What one scoring task counts of each answer. Changes nothing that is answered. */
final class Bookkeeping {
  /** The figure of a model's provenance that says which share of records may alarm. */
  static final String BUDGET = "budget_per_record";

  private final Meters meters;
  private final InstantSource clock;
  private final Set<String> open = new HashSet<>();
  private final Counter cells;
  private final Counter allowedAlarms;
  private final Timer latency;
  private double allowed;
  private String topic = "";
  private int partition = -1;
  private String place = "";

  Bookkeeping(Meters meters, InstantSource clock) {
    this.meters = meters;
    this.clock = clock;
    this.cells = meters.series.counter(Meter.CELLS);
    this.allowedAlarms = meters.series.counter(Meter.ALLOWED_ALARMS);
    this.latency = meters.series.timer(Meter.LATENCY);
  }

  /** A record as the model saw it. */
  void read(Observation observation, Model model, @Nullable String held) {
    if (held != null) {
      meters.series.counter(Meter.SUPPRESSED, held).increment();
    }
    allowed = model.provenance().figures().getOrDefault(BUDGET, 0.0);
    int size = observation.fields().size();
    cells.increment(observation.fields().inputs());
    if (observation.present() == size) {
      return;
    }
    for (int j = 0; j < size; j++) {
      if (observation.missing(j) && !observation.fields().get(j).target()) {
        meters.series.counter(Meter.MISSING_CELLS, observation.fields().get(j).name()).increment();
      }
    }
  }

  /** What was answered, after it was sent. */
  void answered(Verdict verdict, List<Imputation> imputations, Origin origin) {
    String segment = segment(verdict);
    meters.series.counter(Meter.VERDICTS, verdict.kind().word(), segment).increment();
    for (Imputation filled : imputations) {
      Meter meter = filled.repair() == null ? Meter.IMPUTED_CELLS : Meter.REPAIRED_CELLS;
      meters.series.counter(meter, filled.field()).increment();
    }
    if (!Double.isNaN(verdict.pValue())) {
      meters.series.summary(Meter.SURPRISAL, segment).record(Math.max(0, verdict.surprisal()));
      double rarity = -Math.log10(Math.max(verdict.pValue(), Double.MIN_NORMAL));
      meters.series.summary(Meter.RARITY, segment).record(Math.max(0, rarity));
      allowedAlarms.increment(allowed);
    }
    if (!verdict.fields().isEmpty()) {
      meters.series.counter(Meter.ANOMALIES, verdict.fields().get(0).name(), segment).increment();
    }
    episode(verdict);
    long waited = Math.max(0, clock.millis() - origin.time());
    latency.record(waited, TimeUnit.MILLISECONDS);
    meters.judged(place(origin.source()), origin.source().offset());
  }

  /** Made anew only where records of another partition come: a task's are of one, nearly always. */
  private String place(Source source) {
    if (source.partition() != partition || !source.topic().equals(topic)) {
      topic = source.topic();
      partition = source.partition();
      place = topic + "/" + partition;
    }
    return place;
  }

  /** A verdict without a record. */
  void told(Verdict verdict) {
    meters.series.counter(Meter.VERDICTS, verdict.kind().word(), segment(verdict)).increment();
    episode(verdict);
  }

  private static String segment(Verdict verdict) {
    return verdict.model() == null ? Meters.DEFAULT_SEGMENT : verdict.model().segment();
  }

  private void episode(Verdict verdict) {
    Episode episode = verdict.episode();
    if (episode != null && episode.state() == Episode.State.OPENED) {
      meters.episodes.increment();
    }
    if (episode == null) {
      return; // quiet records of an open episode say nothing of it
    }
    if (episode.state() == Episode.State.CLOSED) {
      meters.openEpisodes(open.remove(verdict.entity()) ? -1 : 0);
    } else {
      meters.openEpisodes(open.add(verdict.entity()) ? 1 : 0);
    }
  }

  /** The task goes elsewhere. */
  void close() {
    meters.openEpisodes(-open.size());
    open.clear();
  }
}
