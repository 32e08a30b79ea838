package io.kelbo.cli;

import io.kelbo.service.Clients;
import io.kelbo.service.Settings;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Writes what a person says to a topic of ours: all of it, or nothing. */
final class WordWriter {
  private WordWriter() {}

  /**
   * @param words by key; null ends what is under its key
   * @throws CommandFailure if nothing was written
   */
  static void write(Settings settings, String topic, Map<String, byte @Nullable []> words) {
    try (Producer<String, byte[]> producer =
        Clients.producer(settings, settings.name() + "-word")) {
      producer.initTransactions();
      producer.beginTransaction();
      words.forEach((key, value) -> producer.send(new ProducerRecord<>(topic, key, value)));
      producer.commitTransaction();
    } catch (KafkaException refused) {
      throw new CommandFailure(
          Failures.FAILED,
          "nothing was written to '%s' (%s). Check the rights to write to it in transactions."
              .formatted(topic, refused.getMessage()));
    }
  }
}
