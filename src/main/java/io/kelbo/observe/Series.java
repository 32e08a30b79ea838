package io.kelbo.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * The series of every {@link Meter}, made when first asked for and kept. Safe for all threads. Tags
 * are bounded: values beyond {@link Label#MOST} of a label are one, {@link Label#OTHER}.
 */
public final class Series {
  private final MeterRegistry registry;
  private final Map<Place, Object> series = new ConcurrentHashMap<>();
  private final Map<Label, Set<String>> known = new ConcurrentHashMap<>();

  private record Place(Meter meter, List<String> values) {}

  private static final class Level {
    volatile double value;
  }

  Series(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * @param values of the meter's labels, in their order
   */
  public Counter counter(Meter meter, String... values) {
    return series(
        meter,
        Meter.Kind.COUNTER,
        Counter.class,
        values,
        tags ->
            Counter.builder(meter.word())
                .baseUnit(meter.unit())
                .description(meter.sentence())
                .tags(tags)
                .register(registry));
  }

  /**
   * @param values of the meter's labels, in their order
   */
  public Timer timer(Meter meter, String... values) {
    return series(
        meter,
        Meter.Kind.TIMER,
        Timer.class,
        values,
        tags ->
            Timer.builder(meter.word())
                .description(meter.sentence())
                .tags(tags)
                .serviceLevelObjectives(
                    meter.bounds().stream()
                        .map(bound -> Duration.ofNanos(Math.round(bound * 1e9)))
                        .toArray(Duration[]::new))
                .register(registry));
  }

  /**
   * @param values of the meter's labels, in their order
   */
  public DistributionSummary summary(Meter meter, String... values) {
    return series(
        meter,
        Meter.Kind.SUMMARY,
        DistributionSummary.class,
        values,
        tags ->
            DistributionSummary.builder(meter.word())
                .baseUnit(meter.unit())
                .description(meter.sentence())
                .tags(tags)
                .minimumExpectedValue(1e-9)
                .serviceLevelObjectives(
                    meter.bounds().stream().mapToDouble(Double::doubleValue).toArray())
                .register(registry));
  }

  /**
   * Sets a gauge; before, it is not shown.
   *
   * @param values of the meter's labels, in their order
   */
  public void set(Meter meter, double value, String... values) {
    Level level =
        series(
            meter,
            Meter.Kind.GAUGE,
            Level.class,
            values,
            tags -> {
              Level made = new Level();
              gauge(meter, () -> made.value, tags);
              return made;
            });
    level.value = value;
  }

  /**
   * A gauge that is asked whenever somebody looks; the first to watch one stays.
   *
   * @param values of the meter's labels, in their order
   */
  public void watch(Meter meter, DoubleSupplier reading, String... values) {
    series(
        meter,
        Meter.Kind.GAUGE,
        DoubleSupplier.class,
        values,
        tags -> {
          gauge(meter, reading, tags);
          return reading;
        });
  }

  private void gauge(Meter meter, DoubleSupplier reading, Tags tags) {
    Gauge.builder(meter.word(), reading, DoubleSupplier::getAsDouble)
        .baseUnit(meter.unit())
        .description(meter.sentence())
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  private <T> T series(
      Meter meter, Meter.Kind kind, Class<T> type, String[] values, Function<Tags, T> made) {
    List<Label> labels = meter.labels();
    if (meter.kind() != kind || labels.size() != values.length) {
      throw new IllegalArgumentException(
          "%s is a %s with tags %s, but was asked for as a %s with %s: declare it in Meter"
              .formatted(meter.word(), meter.kind(), labels, kind, List.of(values)));
    }
    List<String> bounded = new ArrayList<>(values.length);
    for (int i = 0; i < values.length; i++) {
      bounded.add(bounded(labels.get(i), values[i]));
    }
    return type.cast(
        series.computeIfAbsent(
            new Place(meter, bounded), place -> made.apply(tags(labels, bounded))));
  }

  private static Tags tags(List<Label> labels, List<String> values) {
    Tags tags = Tags.empty();
    for (int i = 0; i < values.size(); i++) {
      tags = tags.and(Tag.of(labels.get(i).word(), values.get(i)));
    }
    return tags;
  }

  private String bounded(Label label, String value) {
    Set<String> seen = known.computeIfAbsent(label, open -> ConcurrentHashMap.newKeySet());
    if (seen.contains(value)) {
      return value;
    }
    return seen.size() < Label.MOST && seen.add(value) ? value : Label.OTHER;
  }
}
