package io.kelbo.service;

import io.kelbo.topology.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets where scoring begins where Kafka has forgotten it. The first model's transaction gives each
 * partition an offset, but Kafka deletes those of a group that was away for long (7 days by
 * default); reading would then begin at the beginning, whatever {@code input.from} says.
 */
final class ForgottenOffsets {
  private static final Logger LOG = LoggerFactory.getLogger(ForgottenOffsets.class);

  private ForgottenOffsets() {}

  /** Does nothing where an offset of any partition is known: a new partition has none yet. */
  static void set(Settings settings, Topics topics) throws InterruptedException {
    String group = topics.scoring();
    try (Admin admin = Clients.admin(settings);
        Consumer<byte[], byte[]> consumer = Clients.consumer(settings)) {
      Map<TopicPartition, Long> starts =
          new StartPosition(settings.input().from()).of(consumer, topics);
      Map<TopicPartition, OffsetAndMetadata> known = known(admin, group);
      if (starts.keySet().stream().anyMatch(partition -> known.get(partition) != null)) {
        return;
      }
      Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
      starts.forEach((partition, start) -> offsets.put(partition, new OffsetAndMetadata(start)));
      admin.alterConsumerGroupOffsets(group, offsets).all().get();
      LOG.atWarn()
          .addKeyValue("group", group)
          .addKeyValue("from", settings.input().from())
          .log("Kafka has forgotten how far scoring was; it begins where input.from says");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UnknownMemberIdException) {
        LOG.info("another instance scores already, so it is known where to go on");
        return;
      }
      throw new ServiceFailure(
          "where scoring begins cannot be set for group '%s' (%s): check the connection and the rights to the group"
              .formatted(group, failed.getMessage()),
          failed);
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> known(Admin admin, String group)
      throws InterruptedException, ExecutionException {
    try {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw failed;
    }
  }
}
