package io.kelbo.service;

import io.kelbo.observe.Label;
import io.kelbo.observe.Meter;
import io.kelbo.observe.Meters;
import io.kelbo.topology.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/** The meters of the process: lag, readiness, threads, disk, JVM. Read when somebody looks. */
final class Vitals implements AutoCloseable {
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final LogbackMetrics log = new LogbackMetrics();

  Vitals(
      Settings settings,
      ServiceStatus status,
      Meters meters,
      MeterRegistry registry,
      Supplier<List<KafkaStreams>> applications) {
    meters.series.watch(Meter.READY, () -> status.ready() ? 1 : 0, roles(settings.roles()));
    InputLag lag =
        new InputLag(new Topics(settings.name(), settings.input().topic()), applications, meters);
    meters.series.watch(Meter.LAG, lag::records);
    meters.series.watch(Meter.LAG_AGE, lag::age);
    StateFolder folder = new StateFolder(settings.stateDir());
    meters.series.watch(Meter.STATE, folder::bytes);
    meters.series.watch(Meter.STATE_FREE, folder::free);
    new JvmInfoMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    gc.bindTo(registry);
    log.bindTo(registry);
  }

  /** One word for all roles of an instance, so that it has one series. */
  private static String roles(Set<Settings.Role> roles) {
    return roles.size() > 1 ? "both" : roles.iterator().next().name().toLowerCase(Locale.ROOT);
  }

  /** Shows an application's threads by their state, and what it has to restore. */
  static void show(Meters meters, String role, KafkaStreams streams, RestoreProgress restoring) {
    meters.series.watch(Meter.RESTORING, restoring::records, role);
    for (String state : Label.STATE.words()) {
      meters.series.watch(
          Meter.THREADS,
          () ->
              streams.metadataForLocalThreads().stream()
                  .filter(thread -> thread.threadState().toLowerCase(Locale.ROOT).equals(state))
                  .count(),
          role,
          state);
    }
  }

  @Override
  public void close() {
    gc.close();
    log.close();
  }
}
