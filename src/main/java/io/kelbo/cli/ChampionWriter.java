package io.kelbo.cli;

import io.kelbo.format.Formats;
import io.kelbo.model.ModelId;
import io.kelbo.service.Clients;
import io.kelbo.service.Refusal;
import io.kelbo.service.Settings;
import io.kelbo.topology.Champion;
import io.kelbo.topology.LifecycleEvent;
import io.kelbo.topology.OutputForm;
import io.kelbo.topology.Topics;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Lets a version score: one champion record and its event, in one transaction. */
final class ChampionWriter {
  private static final String REASON = "chosen by hand";

  private ChampionWriter() {}

  /**
   * @throws CommandFailure if nothing was written
   */
  static void write(Settings settings, ModelId id, LifecycleEvent.Kind kind) {
    Topics topics = new Topics(settings.name(), settings.input().topic());
    Instant now = Instant.now();
    String transactions = settings.name() + "-choice";
    byte[] champion = new Champion(id.version(), now, REASON).write();
    byte[] event =
        new OutputForm(Formats.atTerminal(settings.formats()))
            .write(
                topics.lifecycle(),
                "LifecycleEvent",
                new LifecycleEvent(id.segment(), kind, now, id.version(), REASON, Map.of())
                    .write());
    try {
      Clients.transaction(
          settings,
          transactions,
          producer -> {
            int partitions = producer.partitionsFor(topics.models()).size();
            int partition = Topics.modelPartition(id.segment(), partitions);
            producer.send(new ProducerRecord<>(topics.models(), partition, id.segment(), champion));
            producer.send(new ProducerRecord<>(topics.lifecycle(), id.segment(), event));
          });
    } catch (KafkaException refused) {
      throw new CommandFailure(
          Failures.FAILED,
          "the choice of version %d was not written and the champion is as before: %s"
              .formatted(id.version(), Refusal.ofWriting(refused, transactions)));
    }
  }
}
