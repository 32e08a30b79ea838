package io.kelbo.service;

import io.kelbo.format.Formats;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.topology.Champion;
import io.kelbo.topology.LifecycleEvent;
import io.kelbo.topology.ModelSnapshot;
import io.kelbo.topology.OutputForm;
import io.kelbo.topology.Topics;
import io.kelbo.train.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the first model and, in the same transaction, where scoring begins: so there is never
 * one without the other, and of several instances one wins.
 */
final class FirstPublication {
  private static final Logger LOG = LoggerFactory.getLogger(FirstPublication.class);

  private final Settings settings;
  private final OutputForm output;
  private final Topics topics;

  /** Looks for a published model. */
  interface Look {
    @Nullable Model published() throws InterruptedException;
  }

  FirstPublication(Settings settings, Topics topics) {
    this(settings, new OutputForm(Formats.json()), topics);
  }

  FirstPublication(Settings settings, OutputForm output, Topics topics) {
    this.settings = settings;
    this.output = output;
    this.topics = topics;
  }

  /** Returns null once it is published, or the model that another instance published before. */
  @Nullable Model publish(Outcome.Promoted first, Map<TopicPartition, Long> starts, Look look)
      throws InterruptedException {
    try (Producer<String, byte[]> producer =
        Clients.producer(settings, topics.name() + "-bootstrap")) {
      producer.initTransactions();
      // From here on any other instance is fenced; what it did before can be seen.
      Model other = look.published();
      if (other != null) {
        return other;
      }
      producer.beginTransaction();
      send(producer, first);
      Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
      starts.forEach((partition, start) -> offsets.put(partition, new OffsetAndMetadata(start)));
      producer.sendOffsetsToTransaction(offsets, new ConsumerGroupMetadata(topics.scoring()));
      producer.commitTransaction();
      LOG.atInfo()
          .addKeyValue("model", ModelSnapshot.key(first.model().id()))
          .addKeyValue("method", first.model().provenance().method())
          .addKeyValue("records", first.model().provenance().records())
          .log("first model published");
      return null;
    } catch (KafkaException failed) {
      if (!fenced(failed)) {
        throw failed;
      }
      LOG.info("another instance publishes the first model");
      return null;
    }
  }

  /** Which call hears of a newer holder, and in which words, depends on the moment. */
  private static boolean fenced(@Nullable Throwable failed) {
    return failed instanceof ProducerFencedException
        || failed instanceof InvalidProducerEpochException
        || (failed != null && fenced(failed.getCause()));
  }

  private void send(Producer<String, byte[]> producer, Outcome.Promoted first) {
    ModelId id = first.model().id();
    Instant now = first.model().provenance().trainedAt();
    int partitions = producer.partitionsFor(topics.models()).size();
    int partition = Topics.modelPartition(id.segment(), partitions);
    producer.send(
        new ProducerRecord<>(
            topics.models(),
            partition,
            ModelSnapshot.key(id),
            ModelSnapshot.of(first.model()).write()));
    producer.send(
        new ProducerRecord<>(
            topics.models(),
            partition,
            id.segment(),
            new Champion(id.version(), now, first.reason()).write()));
    producer.send(
        new ProducerRecord<>(
            topics.lifecycle(),
            id.segment(),
            output.write(
                topics.lifecycle(), "LifecycleEvent", LifecycleEvent.of(id, now, first).write())));
  }
}
