package io.kelbo.service;

import io.kelbo.observe.Meter;
import io.kelbo.observe.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the two Kafka Streams applications, from its start to its end. */
final class Application implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Application.class);

  private final KafkaStreams streams;
  private final KafkaStreamsMetrics metrics;
  private final boolean staticMember;
  private final Duration closing;

  private Application(KafkaStreams streams, boolean staticMember, Duration closing) {
    this.streams = streams;
    this.closing = closing;
    this.metrics = new KafkaStreamsMetrics(streams);
    this.staticMember = staticMember;
  }

  /**
   * Starts it.
   *
   * @param properties with the application id
   * @param progress told once too many of its threads have died
   * @param closing how long {@link #close} may take
   * @param grants asked once it runs, and where a thread died for want of a right
   */
  static Application start(
      Topology topology,
      Properties properties,
      Progress progress,
      Meters meters,
      MeterRegistry registry,
      boolean staticMember,
      Duration closing,
      Grants grants) {
    String id = properties.getProperty(StreamsConfig.APPLICATION_ID_CONFIG);
    Application application =
        new Application(new KafkaStreams(topology, properties), staticMember, closing);
    application.streams.setUncaughtExceptionHandler(
        new Threads(
            id,
            System::nanoTime,
            meters.replacedThreads::increment,
            grants::said,
            (death, words) -> progress.failed(new ServiceFailure(gaveUp(id, words), death))));
    AtomicBoolean asked = new AtomicBoolean();
    // The thread that reads the models cannot be replaced: Kafka Streams stops without a word to
    // us.
    application.streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.ERROR) {
            progress.failed(
                new ServiceFailure("application '%s' stopped; the log says why".formatted(id)));
          }
          // Only now are its own topics there to be asked about.
          if (now == KafkaStreams.State.RUNNING && !asked.getAndSet(true)) {
            Service.daemon(() -> demand(grants, progress), "kelbo-rights").start();
          }
        });
    String role = id.substring(id.lastIndexOf('-') + 1);
    RestoreProgress restoring = new RestoreProgress(meters.series.counter(Meter.RESTORED, role));
    application.streams.setGlobalStateRestoreListener(restoring);
    Vitals.show(meters, role, application.streams, restoring);
    application.metrics.bindTo(registry);
    application.streams.start();
    return application;
  }

  KafkaStreams streams() {
    return streams;
  }

  /** Ends within the time that {@link #start} was given. */
  @Override
  public void close() {
    // A static member keeps its tasks while it restarts; any other hands them on at once.
    CloseOptions.GroupMembershipOperation membership =
        staticMember
            ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
            : CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
    if (!streams.close(CloseOptions.timeout(closing).withGroupMembershipOperation(membership))) {
      LOG.warn("an application did not close in time; what it had begun will be done again");
    }
    metrics.close();
  }

  private static void demand(Grants grants, Progress progress) {
    List<String> missing = grants.missing();
    if (!missing.isEmpty()) {
      progress.failed(new ServiceFailure(Grants.all(missing)));
    }
  }

  private static String gaveUp(String application, String death) {
    return "application '%s' stopped: %d of its threads died within %d minutes, the last of: %s; the log has the errors in full"
        .formatted(application, Threads.MOST, Threads.WITHIN.toMinutes(), death);
  }
}
