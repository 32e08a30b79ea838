package io.kelbo.service;

import io.kelbo.format.Formats;
import io.kelbo.format.SchemaUnavailable;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.UnreadableSnapshot;
import io.kelbo.observe.Meters;
import io.kelbo.record.Incoming;
import io.kelbo.record.InputLayout;
import io.kelbo.record.LayoutInference;
import io.kelbo.record.RecordReader;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.WireForm;
import io.kelbo.topology.ModelSnapshot;
import io.kelbo.topology.OutputForm;
import io.kelbo.topology.Topics;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
      Map<TopicPartition, List<Gathering.Row>> taken = gathering.taken(wanted);
      Outcome outcome = train(taken);
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
      gathering.poll(wanted);
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while warming up");
      }
    }
    meters.warmUp(gathering.size(wanted));
    progress.warmingUp(gathering.size(wanted), wanted, "learning");
  }

  private Outcome train(Map<TopicPartition, List<Gathering.Row>> taken) {
    List<Gathering.Row> rows =
        taken.entrySet().stream()
            .sorted(Map.Entry.comparingByKey(Gathering.ORDER))
            .flatMap(entry -> entry.getValue().stream())
            .toList();
    List<@Nullable String> keys = new ArrayList<>();
    rows.forEach(row -> keys.add(row.key()));
    InputLayout layout;
    try {
      layout =
          LayoutInference.infer(
              rows.stream().map(Gathering.Row::leaves).toList(), keys, settings.input().declared());
    } catch (IllegalArgumentException nothingToLearnFrom) {
      return new Outcome.Rejected(String.valueOf(nothingToLearnFrom.getMessage()), Map.of());
    }
    Lineage lineage =
        new Lineage(
            new ModelId(ModelId.DEFAULT_SEGMENT, 1), Instant.now(), null, Gathering.ends(taken));
    return Trainer.train(layout, runs(layout, rows), settings.learning(), lineage);
  }

  private List<Run> runs(InputLayout layout, List<Gathering.Row> rows) {
    RecordReader reader =
        new RecordReader(
            layout, WireForm.json(settings.input().maxBytes()), topics.input().several());
    Map<String, List<Run.Moment>> byEntity = new LinkedHashMap<>();
    for (Gathering.Row row : rows) {
      ConsumerRecord<byte[], byte[]> record = row.record();
      try {
        Incoming incoming =
            reader.incoming(
                new Source(record.topic(), record.partition(), record.offset()),
                record.key(),
                row.leaves(),
                Instant.ofEpochMilli(record.timestamp()));
        byEntity
            .computeIfAbsent(incoming.entity(), entity -> new ArrayList<>())
            .add(new Run.Moment(incoming.time(), incoming.source(), incoming.observation(), false));
      } catch (UnreadableRecord deadLetterLater) {
        LOG.atDebug().addKeyValue("reason", deadLetterLater.reason().word()).log("not learned");
      }
    }
    List<Run> runs = new ArrayList<>();
    byEntity.forEach((entity, moments) -> runs.add(new Run(entity, inOrder(moments))));
    return runs;
  }

  /** Arrival order; where an entity's records come from several partitions, the order of time. */
  private static List<Run.Moment> inOrder(List<Run.Moment> moments) {
    Stream<String> places = moments.stream().map(m -> m.source().topic() + m.source().partition());
    return places.distinct().count() == 1
        ? moments
        : moments.stream().sorted(Comparator.comparing(Run.Moment::time)).toList();
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
