package io.kelbo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.format.Formats;
import io.kelbo.service.Clients;
import io.kelbo.service.Refusal;
import io.kelbo.service.Settings;
import io.kelbo.topology.OutputReader;
import io.kelbo.topology.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Events on {@code lifecycle} from now on: opened before something is asked for, read after. */
final class LifecycleTail implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Consumer<byte[], byte[]> consumer;
  private final OutputReader reader;

  private LifecycleTail(Consumer<byte[], byte[]> consumer, OutputReader reader) {
    this.consumer = consumer;
    this.reader = reader;
  }

  /**
   * @throws CommandFailure if the topic cannot be read
   */
  static LifecycleTail open(Settings settings) {
    String topic = new Topics(settings.name(), settings.input().topic()).lifecycle();
    Consumer<byte[], byte[]> consumer = Clients.consumer(settings);
    try {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position); // seeks happen when they are needed
      return new LifecycleTail(
          consumer, new OutputReader("LifecycleEvent", Formats.atTerminal(settings.formats())));
    } catch (KafkaException refused) {
      consumer.close();
      throw new CommandFailure(
          Failures.FAILED,
          "topic '%s' cannot be read: %s".formatted(topic, Refusal.ofReading(refused)));
    }
  }

  /** The first event that is wanted; null if none came in time. */
  @Nullable JsonNode await(Predicate<JsonNode> wanted, Duration patience)
      throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    try {
      while (System.nanoTime() < until) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          JsonNode event = JSON.readTree(reader.json(record.value()));
          if (wanted.test(event)) {
            return event;
          }
        }
      }
      return null;
    } catch (InterruptException interrupted) {
      Thread.interrupted(); // Kafka's clients cannot close on an interrupted thread
      throw new InterruptedException("interrupted while waiting for an event");
    } catch (IOException notOurs) {
      throw new CommandFailure(
          Failures.FAILED,
          "an event on 'lifecycle' cannot be read (%s): only Kelbo may write there"
              .formatted(notOurs.getMessage()));
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
