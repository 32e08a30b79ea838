package io.kelbo.cli;

import io.kelbo.record.Observation;
import io.kelbo.service.Clients;
import io.kelbo.service.Settings;
import io.kelbo.topology.Topics;
import java.util.Iterator;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A topic that generated records are sent to: never one that Kelbo reads or writes itself. */
final class GeneratedTopic {
  private final Settings settings;
  private final String name;

  private GeneratedTopic(Settings settings, String name) {
    this.settings = settings;
    this.name = name;
  }

  /**
   * @throws CommandFailure if it is watched, ours, or does not exist
   */
  static GeneratedTopic open(Settings settings, String name) throws InterruptedException {
    Topics topics = new Topics(settings.name(), settings.input().topic());
    if (topics.watches(name) || topics.own().contains(name)) {
      throw new CommandFailure(
          Failures.USAGE,
          "--topic is '%s' but Kelbo %s it: made-up records would be taken for real ones. Name another topic."
              .formatted(name, topics.watches(name) ? "watches" : "writes"));
    }
    try (Cluster cluster = Cluster.connect(settings)) {
      if (cluster.absent(name)) {
        throw new CommandFailure(
            Failures.USAGE,
            "--topic is '%s' but there is no such topic at '%s'. Create it, or correct the name."
                .formatted(name, Cluster.bootstrap(settings)));
      }
    }
    return new GeneratedTopic(settings, name);
  }

  String name() {
    return name;
  }

  /**
   * Sends the records as they are made; returns how many arrived, which is all of them.
   *
   * @throws CommandFailure if one was refused, saying how many had arrived
   */
  long send(Iterator<Observation> records, Function<Observation, byte[]> written) {
    AtomicLong arrived = new AtomicLong();
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    Properties properties = Clients.producing(settings);
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      while (records.hasNext() && failure.get() == null) {
        producer.send(
            new ProducerRecord<>(name, written.apply(records.next())),
            (at, failed) -> {
              if (failed == null) {
                arrived.incrementAndGet();
              } else {
                failure.compareAndSet(null, failed);
              }
            });
      }
      producer.flush();
    } catch (KafkaException refused) {
      failure.compareAndSet(null, refused);
    }
    Exception failed = failure.get();
    if (failed != null) {
      throw new CommandFailure(
          Failures.FAILED,
          "the records could not all be written to '%s' (%s); %,d arrived. Check the topic and the right to write to it."
              .formatted(name, failed.getMessage(), arrived.get()));
    }
    return arrived.get();
  }
}
