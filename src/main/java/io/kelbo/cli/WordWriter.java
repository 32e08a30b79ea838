package io.kelbo.cli;

import io.kelbo.service.Clients;
import io.kelbo.service.Refusal;
import io.kelbo.service.Settings;
import java.util.Map;
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
    String id = settings.name() + "-word";
    try {
      Clients.transaction(
          settings,
          id,
          producer ->
              words.forEach(
                  (key, value) -> producer.send(new ProducerRecord<>(topic, key, value))));
    } catch (KafkaException refused) {
      throw new CommandFailure(
          Failures.FAILED,
          "nothing was written to '%s': %s".formatted(topic, Refusal.ofWriting(refused, id)));
    }
  }
}
