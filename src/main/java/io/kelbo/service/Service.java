package io.kelbo.service;

import io.kelbo.format.Formats;
import io.kelbo.format.SchemaUnavailable;
import io.kelbo.kernel.Kernels;
import io.kelbo.model.Model;
import io.kelbo.observe.Meters;
import io.kelbo.topology.OutputForm;
import io.kelbo.topology.Topics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running service: HTTP from the start, the first model on a thread of its own, then the
 * applications that its roles ask for.
 */
public final class Service implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  // What is left of stop.within after the applications: HTTP, and the thread of the first model.
  private static final Duration REST = Duration.ofMillis(1_500);

  private final Settings settings;
  private final Formats formats;
  private final Flows flows;
  private final Topics topics;
  private final Progress progress = new Progress();
  private final PrometheusMeterRegistry registry;
  private final Meters meters;
  private final ExecutorService trainer =
      Executors.newSingleThreadExecutor(task -> daemon(task, "kelbo-trainer"));
  private final List<Application> applications = new ArrayList<>();
  private final HeldBack held;
  private final ServiceStatus status;
  private final Vitals vitals;
  private final HttpEndpoints http;
  private final Thread beginning;
  private boolean closing;

  /**
   * Checks connection and topics, serves HTTP, and begins; returns before there is a model.
   *
   * @throws ServiceFailure with a message for the user if it cannot run
   * @throws Unreachable if no broker answers within about 15 s
   */
  public static Service start(Settings settings) {
    Topics topics = new Topics(settings.name(), settings.input().topic());
    Formats formats = formats(settings);
    int partitions;
    try {
      partitions = new TopicSetup(settings, topics).ready();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ServiceFailure("interrupted while starting; nothing was begun", interrupted);
    }
    Cautions.of(settings).forEach(caution -> LOG.atWarn().log(caution));
    LOG.atInfo().addKeyValue("kernels", Kernels.reason()).log("arithmetic chosen");
    Service service = new Service(settings, formats, topics, partitions);
    service.beginning.start();
    return service;
  }

  private static Formats formats(Settings settings) {
    try {
      Formats formats = new Formats(settings.formats());
      formats.checkAccess();
      return formats;
    } catch (IllegalArgumentException unusable) {
      throw new ServiceFailure(String.valueOf(unusable.getMessage()), unusable);
    }
  }

  private Service(Settings settings, Formats formats, Topics topics, int partitions) {
    this.settings = settings;
    this.formats = formats;
    this.topics = topics;
    this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().commonTags("application", settings.name());
    this.meters = new Meters(registry);
    this.held = new HeldBack(settings, topics);
    this.status =
        new ServiceStatus(
            settings, progress, meters, this::running, held::records, formats::outage);
    this.flows = new Flows(settings, formats, topics, meters, progress, trainer);
    this.vitals = new Vitals(settings, status, meters, registry, this::running);
    this.http = HttpEndpoints.open(settings.http(), registry, status);
    this.beginning = daemon(() -> begin(partitions), "kelbo-first-model");
  }

  private void begin(int partitions) {
    try {
      register();
      if (settings.roles().contains(Settings.Role.SCORE)) {
        Model model = new FirstModel(settings, formats, topics, progress, meters).ensure();
        meters.model(
            model.id().segment(),
            model.id().version(),
            model.provenance().trainedAt().getEpochSecond());
        Cautions.roles(settings, model).forEach(caution -> LOG.atWarn().log(caution));
        progress.starting();
        run(topics.scoring(), flows.scoring(model), Math.min(partitions, processors()));
      }
      if (settings.roles().contains(Settings.Role.TRAIN)) {
        run(topics.training(), flows.training(), 1);
      }
      progress.running();
    } catch (InterruptedException | CancellationException closed) {
      LOG.debug("closed before there was a model");
    } catch (ServiceFailure failure) {
      progress.failed(failure);
    } catch (RuntimeException | Error unexpected) {
      progress.failed(
          new ServiceFailure("the service cannot run: " + unexpected.getMessage(), unexpected));
    }
  }

  /** Waits for a schema registry that is away as long as nobody closes the service. */
  private void register() throws InterruptedException {
    while (true) {
      try {
        new OutputForm(formats).register(topics);
        return;
      } catch (SchemaUnavailable away) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted while waiting for the schema registry");
        }
      }
    }
  }

  private synchronized void run(String applicationId, Flows.Flow flow, int threads) {
    if (closing) {
      return;
    }
    Properties properties = StreamsProperties.of(settings, topics, applicationId, meters);
    properties.putIfAbsent(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    applications.add(
        Application.start(
            flow.build(properties),
            properties,
            progress,
            meters,
            registry,
            settings.instance() != null,
            settings.life().stopWithin().minus(REST.plusMillis(500)),
            new Grants(settings, topics)));
  }

  private synchronized List<Application> started() {
    return List.copyOf(applications);
  }

  /** The applications that were started, scoring first. */
  private synchronized List<KafkaStreams> running() {
    return applications.stream().map(Application::streams).toList();
  }

  /** The port that HTTP is served on. */
  public int port() {
    return http.port();
  }

  /** What the service counts. */
  public Meters meters() {
    return meters;
  }

  /** Whether records are being scored (or, without that role, samples taken). */
  public boolean ready() {
    return status.ready();
  }

  /**
   * Waits until it is closed.
   *
   * @throws ServiceFailure if it stopped by itself
   */
  public void awaitTermination() throws InterruptedException {
    progress.awaitEnd();
    ServiceFailure failure = progress.standing().failure();
    if (failure != null) {
      throw failure;
    }
  }

  /** Ends within {@code stop.within}: what was begun is committed or will be done again. */
  @Override
  public void close() {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
    }
    progress.closing();
    beginning.interrupt();
    trainer.shutdownNow();
    List<Thread> closers = new ArrayList<>();
    for (Application application : started()) {
      Thread closer = daemon(application::close, "kelbo-close");
      closer.start();
      closers.add(closer);
    }
    try {
      for (Thread closer : closers) {
        closer.join(settings.life().stopWithin().minus(REST).toMillis());
      }
      beginning.join(1_000);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    http.close();
    held.close();
    vitals.close();
    registry.close();
    progress.closed();
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** A thread that keeps no JVM alive. */
  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
