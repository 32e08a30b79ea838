package io.kelbo.cli;

import io.kelbo.service.Clients;
import io.kelbo.service.Refusal;
import io.kelbo.service.Settings;
import io.kelbo.topology.Control;
import io.kelbo.topology.Topics;
import java.time.Instant;
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
    String id = settings.name() + "-control";
    byte[] control = new Control(segment, action, Instant.now(), by, reason).write();
    try {
      Clients.transaction(
          settings,
          id,
          producer -> producer.send(new ProducerRecord<>(topics.control(), segment, control)));
    } catch (KafkaException refused) {
      throw new CommandFailure(
          Failures.FAILED,
          "'%s' was not written to '%s': %s"
              .formatted(action.word(), topics.control(), Refusal.ofWriting(refused, id)));
    }
  }
}
