package io.kelbo.service;

import io.kelbo.kernel.Kernels;
import io.kelbo.model.Model;
import io.kelbo.observe.Meters;
import io.kelbo.topology.ModelShelf;
import io.kelbo.topology.ScoringSettings;
import io.kelbo.topology.ScoringTopology;
import io.kelbo.topology.Topics;
import io.kelbo.topology.TrainingPlan;
import io.kelbo.topology.TrainingTopology;
import io.kelbo.train.Trainer;
import io.kelbo.train.TrainingSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running service: HTTP from the start, the first model on a thread of its own, then the
 * applications that its roles ask for.
 */
public final class Service implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final Duration PATIENCE = Duration.ofMillis(8_500);

  private final Settings settings;
  private final Topics topics;
  private final Progress progress = new Progress();
  private final PrometheusMeterRegistry registry;
  private final Meters meters;
  private final ExecutorService trainer =
      Executors.newSingleThreadExecutor(task -> daemon(task, "kelbo-trainer"));
  private final List<Application> applications = new ArrayList<>();
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
    int partitions;
    try {
      partitions = new TopicSetup(settings, topics).ready();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ServiceFailure("interrupted while starting; nothing was begun", interrupted);
    }
    LOG.atInfo().addKeyValue("kernels", Kernels.reason()).log("arithmetic chosen");
    Service service = new Service(settings, topics, partitions);
    service.beginning.start();
    return service;
  }

  private Service(Settings settings, Topics topics, int partitions) {
    this.settings = settings;
    this.topics = topics;
    this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().commonTags("application", settings.name());
    this.meters = new Meters(registry);
    this.status = new ServiceStatus(settings, progress, meters, this::running);
    this.vitals = new Vitals(settings, status, meters, registry, this::running);
    this.http = HttpEndpoints.open(settings.http(), registry, status);
    this.beginning = daemon(() -> begin(partitions), "kelbo-first-model");
  }

  private void begin(int partitions) {
    try {
      if (settings.roles().contains(Settings.Role.SCORE)) {
        Model model = new FirstModel(settings, topics, progress, meters).ensure();
        meters.model(model.id().version(), model.provenance().trainedAt().getEpochSecond());
        progress.starting();
        run(topics.scoring(), scoring(model), Math.min(partitions, processors()));
      }
      if (settings.roles().contains(Settings.Role.TRAIN) && settings.retrain().every() != null) {
        run(topics.training(), training(settings.retrain().every()), 1);
      }
      progress.running();
    } catch (InterruptedException closed) {
      LOG.debug("closed before there was a model");
    } catch (ServiceFailure failure) {
      progress.failed(failure);
    } catch (RuntimeException | Error unexpected) {
      progress.failed(
          new ServiceFailure("the service cannot run: " + unexpected.getMessage(), unexpected));
    }
  }

  private interface Flow {
    Topology build(Properties properties);
  }

  private Flow scoring(Model model) {
    ScoringSettings.Thinning thinning =
        settings.retrain().every() == null
            ? null
            : new ScoringSettings.Thinning(
                settings.seed(), settings.retrain().window(), settings.retrain().sample());
    ScoringSettings scoring =
        new ScoringSettings(
            topics,
            model.layout(),
            settings.input().late(),
            settings.input().maxBytes(),
            settings.allVerdicts(),
            thinning);
    return new ScoringTopology(scoring, new ModelShelf(meters), meters, InstantSource.system())
        ::build;
  }

  private Flow training(Duration every) {
    TrainingPlan plan =
        new TrainingPlan(
            topics,
            every,
            settings.retrain().window(),
            settings.retrain().sample(),
            new TrainingSettings(settings.seed(), settings.budget(), false),
            Trainer::train,
            trainer,
            progress::trained);
    return new TrainingTopology(plan, new ModelShelf(meters), meters, InstantSource.system())
        ::build;
  }

  private synchronized void run(String applicationId, Flow flow, int threads) {
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
            settings.instance() != null));
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

  /** Ends within 10 seconds: what was begun is committed or will be done again. */
  @Override
  public void close() {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
    }
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
        closer.join(PATIENCE.toMillis());
      }
      beginning.join(1_000);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    http.close();
    vitals.close();
    registry.close();
    progress.closed();
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
