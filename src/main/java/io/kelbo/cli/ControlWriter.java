package io.kelbo.cli;

import io.kelbo.service.Clients;
import io.kelbo.service.Settings;
import io.kelbo.topology.Control;
import io.kelbo.topology.Topics;
import java.time.Instant;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Writes what somebody wants of training: one record, in a transaction. */
final class ControlWriter {
  private ControlWriter() {}

  /**
   * @throws CommandFailure if nothing was written
   */
  static void write(
      Settings settings, String segment, Control.Action action, @Nullable String reason) {
    Topics topics = new Topics(settings.name(), settings.input().topic());
    String by = System.getProperty("user.name");
    try (Producer<String, byte[]> producer =
        Clients.producer(settings, settings.name() + "-control")) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(
          new ProducerRecord<>(
              topics.control(),
              segment,
              new Control(segment, action, Instant.now(), by, reason).write()));
      producer.commitTransaction();
    } catch (KafkaException refused) {
      throw new CommandFailure(
          Failures.FAILED,
          "'%s' was not written to '%s' (%s). Check that the topic exists and the rights to write to it in transactions."
              .formatted(action.word(), topics.control(), refused.getMessage()));
    }
  }
}
