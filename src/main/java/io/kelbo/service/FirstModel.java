package io.kelbo.service;

import io.kelbo.format.Formats;
import io.kelbo.format.SchemaUnavailable;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.UnreadableSnapshot;
import io.kelbo.observe.Meters;
import io.kelbo.topology.ModelSnapshot;
import io.kelbo.topology.OutputForm;
import io.kelbo.topology.Topics;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that there is a model: finds the champion, or learns the first one from the first
 * records of the input. Several instances may try; one wins.
 */
final class FirstModel {
  private static final Logger LOG = LoggerFactory.getLogger(FirstModel.class);

  /** More are not kept in memory: what these do not teach, twice as many will not. */
  private static final int MOST_GATHERED = 50_000;

  private final Settings settings;
  private final Formats formats;
  private final Topics topics;
  private final Progress progress;
  private final Meters meters;

  FirstModel(Settings settings, Formats formats, Topics topics, Progress progress, Meters meters) {
    this.settings = settings;
    this.formats = formats;
    this.topics = topics;
    this.progress = progress;
    this.meters = meters;
  }

  /**
   * Returns a readable model, the champion if it is; waits for records where there is none yet.
   *
   * @throws ServiceFailure if what is published cannot be read, or Kafka refuses
   */
  Model ensure() throws InterruptedException {
    Model there = published();
    try {
      if (there != null) {
        ForgottenOffsets.set(settings, topics);
        return there;
      }
      try (Consumer<byte[], byte[]> consumer = Clients.consumer(settings)) {
        return learn(consumer);
      }
    } catch (InterruptException interrupted) {
      // Cleared here, since Kafka's clients cannot close on an interrupted thread.
      Thread.interrupted();
      throw new InterruptedException("interrupted while starting");
    } catch (KafkaException failed) {
      throw new ServiceFailure(
          "scoring cannot begin (%s): check the connection and the rights"
              .formatted(failed.getMessage()),
          failed);
    }
  }

  private Model learn(Consumer<byte[], byte[]> consumer) throws InterruptedException {
    try {
      Map<TopicPartition, Long> starts =
          new StartPosition(settings.input().from()).of(consumer, topics);
      return learn(consumer, starts);
    } catch (SchemaUnavailable closing) {
      throw new InterruptedException("interrupted while waiting for a schema");
    } catch (InterruptException interrupted) {
      // Cleared here, since Kafka's clients cannot close on an interrupted thread.
      Thread.interrupted();
      throw new InterruptedException("interrupted while warming up");
    }
  }

  private Model learn(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> starts)
      throws InterruptedException {
    Gathering gathering =
        new Gathering(consumer, starts, formats.whole(settings.input().maxBytes()));
    String note = "";
    for (int wanted = settings.warmUp().records(); ; ) {
      gather(gathering, wanted, note);
      int most = Math.max(wanted, settings.warmUp().backlog());
      if (most > wanted) {
        readOn(gathering, most);
      }
      Outcome outcome =
          new FirstTraining(settings, topics)
              .train(gathering.taken(most), Gathering.ends(gathering.taken(wanted)));
      if (outcome instanceof Outcome.Promoted promoted) {
        FirstPublication publication =
            new FirstPublication(settings, new OutputForm(formats), topics);
        Model before = publication.publish(promoted, starts, this::published);
        return before == null ? awaitPublished() : before;
      }
      note = outcome.reason();
      if (wanted > MOST_GATHERED) {
        throw new ServiceFailure(
            "no model can be learned from the first %,d records of '%s' (%s): see what 'kelbo check' infers, or begin later with input.from"
                .formatted(gathering.size(wanted), topics.input(), note));
      }
      LOG.atWarn().addKeyValue("reason", note).log("no first model yet; waiting for more records");
      wanted = 2 * Math.max(wanted, gathering.size(wanted));
    }
  }

  /** Waits for enough records, or for the time to be over and for the least that can be used. */
  private void gather(Gathering gathering, int wanted, String note) throws InterruptedException {
    long begun = System.nanoTime();
    long patience = settings.warmUp().time().toNanos();
    while (!gathering.enough(wanted)) {
      int size = gathering.size(wanted);
      progress.warmingUp(size, wanted, note.isEmpty() ? gathering.unreadable() : note);
      meters.warmUp(size);
      boolean waited = System.nanoTime() - begun > patience;
      if (waited && size >= Trainer.MINIMUM_RECORDS && note.isEmpty()) {
        return;
      }
      poll(gathering, wanted);
    }
    meters.warmUp(gathering.size(wanted));
    progress.warmingUp(gathering.size(wanted), wanted, "learning");
  }

  /**
   * Takes in what waits behind. The first records of a backlog are a part of a day: of six pumps
   * 501 records were a sixth of one, and until the next training 64 to 77 % of those that followed
   * were flagged; with all 3,456 that waited none (2026-11-29).
   */
  private void readOn(Gathering gathering, int most) throws InterruptedException {
    long until = System.nanoTime() + settings.warmUp().time().toNanos();
    while (gathering.waiting(most) && System.nanoTime() < until) {
      poll(gathering, most);
    }
  }

  private static void poll(Gathering gathering, int wanted) throws InterruptedException {
    gathering.poll(wanted);
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while warming up");
    }
  }

  private @Nullable Model published() throws InterruptedException {
    ModelsReader.Published published = ModelsReader.read(settings);
    List<ModelSnapshot> snapshots = new ArrayList<>();
    ModelSnapshot champion = published.champion(ModelId.DEFAULT_SEGMENT);
    if (champion != null) {
      snapshots.add(champion);
    }
    snapshots.addAll(published.of(ModelId.DEFAULT_SEGMENT));
    String refusal = "";
    for (ModelSnapshot snapshot : snapshots) {
      try {
        return snapshot.model();
      } catch (UnreadableSnapshot unreadable) {
        refusal = String.valueOf(unreadable.getMessage());
      }
    }
    if (!snapshots.isEmpty() || published.champions().containsKey(ModelId.DEFAULT_SEGMENT)) {
      throw new ServiceFailure(
          "topic '%s' has no model that can be read (%s): run the Kelbo that wrote it, or start anew with 'kelbo reset'"
              .formatted(topics.models(), refusal));
    }
    return null;
  }

  /** A commit is visible to readers a moment after it returns. */
  private Model awaitPublished() throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < until) {
      Model model = published();
      if (model != null) {
        return model;
      }
    }
    throw new ServiceFailure(
        "the first model was published on '%s' but cannot be seen there after 30 s: is another Kelbo named '%s' being reset?"
            .formatted(topics.models(), topics.name()));
  }
}
