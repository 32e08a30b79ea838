package io.kelbo.demo;

import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.service.Clients;
import io.kelbo.service.ServiceFailure;
import io.kelbo.service.Settings;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * What {@code kelbo simulate} does: the demo's plant, in a hurry but stamped with the present time,
 * into the input topic of a cluster. Tells each fault as it begins; keeps no score.
 */
public final class Simulation {
  /** Nothing breaks in the first plant's day, so that a first model sees a sound plant. */
  private static final int SOUND = Plant.TICKS_PER_DAY;

  private static final int PATIENCE_SECONDS = 30;

  private final SimulationOptions options;
  private final Terminal terminal;
  private final Truth truth = Truth.ofFaultsOnly();
  private final long began = System.nanoTime();
  private int told;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean asked;
  private volatile boolean whole;

  public Simulation(SimulationOptions options, PrintWriter out) {
    this.options = options;
    this.terminal = new Terminal(out, began);
  }

  /**
   * Feeds until the length is over, or {@link #end} is called. Once only.
   *
   * @return how many records were written
   * @throws ServiceFailure if the topic cannot be had
   */
  public long run(Settings settings) {
    try {
      long written = feed(settings);
      whole = true;
      return written;
    } finally {
      ended.countDown();
    }
  }

  private long feed(Settings settings) {
    String topic = settings.input().topic().names().get(0);
    createTopic(settings, topic);
    Plant plant = new Plant(options.seed());
    Faults faults = new Faults(options.seed(), SOUND);
    Telemetry telemetry = new Telemetry(plant, faults, truth, options.seed());
    terminal.step(
        "six pumps send %d records a second to '%s': a day of theirs takes %d s, and the first is"
            + " without faults",
        options.rate(), topic, Plant.PUMPS * Plant.TICKS_PER_DAY / options.rate());
    try (Feed feed = new Feed(Clients.producing(settings), topic, plantTime -> Instant.now())) {
      feed.flow(telemetry, options.rate(), this::over);
      terminal.step("%,d records were written", feed.written());
      return feed.written();
    }
  }

  private boolean over() {
    List<Fault> faults = truth.faults();
    for (Fault fault : faults.subList(told, faults.size())) {
      terminal.step("%s: %s of %s", fault.key(), fault.kind().words, fault.sensor().path);
    }
    told = faults.size();
    boolean late =
        options.length() != null && System.nanoTime() - began > options.length().toNanos();
    return asked || late;
  }

  /**
   * Ends a run from another thread, and waits so long for the records on their way.
   *
   * @return whether all that were sent are in the topic; it is said where not
   */
  public boolean end(Duration within) {
    asked = true;
    try {
      if (!ended.await(within.toMillis(), TimeUnit.MILLISECONDS)) {
        terminal.step(
            "the last records may not be in the topic: Kafka took none for %d s",
            within.toSeconds());
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    return whole;
  }

  private static void createTopic(Settings settings, String topic) {
    NewTopic wanted = new NewTopic(topic, Optional.of(EmbeddedBroker.PARTITIONS), Optional.empty());
    try (Admin admin = Clients.admin(settings)) {
      admin.createTopics(List.of(wanted)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      throw new ServiceFailure("interrupted while making topic '%s'".formatted(topic), hurried);
    } catch (ExecutionException | TimeoutException refused) {
      if (!(refused.getCause() instanceof TopicExistsException)) {
        throw new ServiceFailure(
            "topic '%s' cannot be made (%s): check address and rights, or make it yourself"
                .formatted(topic, refused.getMessage()),
            refused);
      }
    }
  }
}
