package io.kelbo.demo;

import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.broker.TemporaryFolder;
import io.kelbo.service.Service;
import io.kelbo.service.ServiceFailure;
import io.kelbo.service.Settings;
import io.kelbo.topology.Topics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * What {@code kelbo demo} does: a broker, a plant that feeds it, and the service that {@code kelbo
 * run} runs, in one process. The service sees the topic only; the score is kept outside it.
 */
public final class Demo {
  /** Two days of the plant are in the topic before Kelbo starts; nothing breaks in them. */
  private static final int HISTORY = 2 * Plant.TICKS_PER_DAY;

  private static final Duration FIRST_MODEL = Duration.ofMinutes(3);
  private static final Duration DRAIN = Duration.ofSeconds(60);
  private static final Duration NEWS = Duration.ofSeconds(15);
  private static final Duration CLOSING = Duration.ofSeconds(20);

  private final DemoOptions options;
  private final long began = System.nanoTime();
  private final Terminal terminal;
  private final Truth truth = new Truth();
  private final Tally tally = new Tally(truth, began);
  private volatile boolean asked;

  private Demo(DemoOptions options, PrintWriter out) {
    this.options = options;
    this.terminal = new Terminal(out, began);
  }

  /**
   * Plays until the length is over, or Ctrl-C.
   *
   * @return the exit code: 0 if each record got its answer, else 1
   * @throws io.kelbo.broker.BrokerUnavailable if the broker could not start
   * @throws ServiceFailure if the service stopped
   */
  public static int run(DemoOptions options, PrintWriter out) {
    Demo demo = new Demo(options, out);
    CountDownLatch ended = new CountDownLatch(1);
    // At Ctrl-C the JVM waits for its hooks only: this one holds it until the summary is told.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  demo.asked = true;
                  await(ended);
                },
                "demo-end"));
    Path folder = TemporaryFolder.create("kelbo-demo-");
    try {
      return demo.play(folder);
    } finally {
      TemporaryFolder.delete(folder);
      ended.countDown();
    }
  }

  private int play(Path folder) {
    terminal.line("Six pumps of a simulated plant, a Kafka broker, and Kelbo, in this process.");
    terminal.line("A second here is about %.1f hours of the plant.", hoursPerSecond());
    terminal.line("");
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
        Feed feed = new Feed(broker.bootstrap(), DemoSettings.TOPIC)) {
      createTopic(broker.bootstrap());
      Plant plant = new Plant(options.seed());
      feed.history(new Telemetry(plant, null, truth, options.seed()), HISTORY);
      terminal.step(
          "Kafka runs on %s; '%s' holds %,d records, two days of the plant",
          broker.bootstrap(), DemoSettings.TOPIC, feed.written());
      String yaml = DemoSettings.yaml(broker.bootstrap(), folder.resolve("state"), options.seed());
      terminal.step("Kelbo starts with this configuration:%n%n%s", yaml.indent(9));
      Settings settings = DemoSettings.read(yaml);
      Topics topics = new Topics(settings.name(), DemoSettings.TOPIC);
      try (Service service = Service.start(settings);
          Watch watch = new Watch(broker.bootstrap(), topics, tally, truth, terminal)) {
        watch.start();
        Telemetry live =
            new Telemetry(plant, new Faults(options.seed(), HISTORY), truth, options.seed() + 1);
        feedAndFollow(feed, live, watch, new ServicePage(service));
        drain(feed, watch);
      }
      return report(settings, feed.written());
    }
  }

  /** Waits for the first model, then feeds until it is time to stop. */
  private void feedAndFollow(Feed feed, Telemetry live, Watch watch, ServicePage page) {
    awaitFirstModel(watch, page);
    AtomicReference<RuntimeException> broken = new AtomicReference<>();
    Thread feeding =
        new Thread(
            () -> {
              try {
                feed.flow(live, Feed.RATE, this::over);
              } catch (RuntimeException failure) {
                broken.set(failure);
              }
            },
            "demo-feed");
    feeding.start();
    long news = System.nanoTime();
    while (feeding.isAlive()) {
      pause();
      watch.complain();
      if (System.nanoTime() - news > NEWS.toNanos()) {
        news = System.nanoTime();
        page.says(); // complains if the service has stopped
        tellHowItGoes(feed.written());
      }
    }
    RuntimeException failure = broken.get();
    if (failure != null) {
      throw failure;
    }
  }

  private void awaitFirstModel(Watch watch, ServicePage page) {
    String said = "";
    long patience = System.nanoTime() + FIRST_MODEL.toNanos();
    while (tally.counts().models() == 0 && !asked) {
      String says = page.says();
      if (!says.isEmpty() && !says.equals(said)) {
        terminal.step("%s", says);
        said = says;
      }
      watch.complain();
      if (System.nanoTime() > patience) {
        throw new ServiceFailure(
            "there was no model after %d s; the last the service said was '%s'"
                .formatted(FIRST_MODEL.toSeconds(), said));
      }
      pause();
    }
  }

  private void drain(Feed feed, Watch watch) {
    terminal.step("the feed stops; Kelbo answers what is left");
    long patience = System.nanoTime() + DRAIN.toNanos();
    while (tally.counts().answered() < feed.written() && System.nanoTime() < patience) {
      watch.complain();
      pause();
    }
    // The completed records of the last transaction may come a moment after its verdicts.
    pause();
    pause();
  }

  private int report(Settings settings, long records) {
    Tally.Counts counts = tally.counts();
    Scoreboard.Detection detection =
        Scoreboard.count(truth.faults(), counts.alarms(), truth.newest());
    Summary summary =
        new Summary(
            (System.nanoTime() - began) / 1e9,
            records,
            Summary.perDay(settings.budget(), Plant.PUMPS * (double) Plant.TICKS_PER_DAY),
            detection,
            counts);
    summary.print(terminal);
    if (options.json()) {
      terminal.line("%s", summary.json());
    }
    return summary.whole() ? 0 : 1;
  }

  private void tellHowItGoes(long records) {
    Tally.Counts counts = tally.counts();
    Scoreboard.Detection detection =
        Scoreboard.count(truth.faults(), counts.alarms(), truth.newest());
    terminal.step(
        "%s: %,d records, %,d answered, %,d values filled; %d of %d faults found, %d false alarms",
        Terminal.when(truth.newest()),
        records,
        counts.answered(),
        counts.imputedCells(),
        detection.found(),
        detection.injected(),
        detection.falseAlarms());
  }

  private boolean over() {
    Duration length = options.length();
    return asked || (length != null && System.nanoTime() - began > length.toNanos());
  }

  static void createTopic(String bootstrap) {
    try (Admin admin = Admin.create(java.util.Map.of("bootstrap.servers", bootstrap))) {
      admin
          .createTopics(
              List.of(new NewTopic(DemoSettings.TOPIC, EmbeddedBroker.PARTITIONS, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    } catch (Exception refused) { // a future's checked three, all fatal here
      throw new IllegalStateException(
          "the demo's broker did not create topic '%s' (%s)"
              .formatted(DemoSettings.TOPIC, refused.getMessage()),
          refused);
    }
  }

  private static double hoursPerSecond() {
    return (double) Feed.RATE / Plant.PUMPS * Plant.INTERVAL.toMinutes() / 60;
  }

  private static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
  }

  private static void await(CountDownLatch ended) {
    try {
      if (!ended.await(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
        Thread.currentThread().interrupt();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
