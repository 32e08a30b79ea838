package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.model.Provenance;
import io.kelbo.record.WireForm;
import io.kelbo.topology.PlantRows;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The first records, in fair shares. */
class GatheringTest {
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final Map<TopicPartition, Long> starts = new HashMap<>();

  @Test
  void shouldTakeAsMuchOfEachPartitionAsOfTheOthers() {
    Gathering gathering = gathering(400, 400, 400, 400);

    poll(gathering, 100);

    assertThat(sizes(gathering, 100)).containsExactlyInAnyOrder(25, 25, 25, 25);
  }

  @Test
  void shouldTakeMoreOfTheOthersWhereAPartitionIsAtItsEnd() {
    Gathering gathering = gathering(10, 0, 400, 400);

    poll(gathering, 100);

    assertThat(gathering.enough(100)).isTrue();
    assertThat(sizes(gathering, 100)).containsExactlyInAnyOrder(10, 0, 45, 45);
  }

  @Test
  void shouldWaitForMoreWhereThereAreTooFew() {
    Gathering gathering = gathering(10, 20, 0, 0);

    poll(gathering, 100);

    assertThat(gathering.enough(100)).isFalse();
    assertThat(gathering.size(100)).isEqualTo(30);
  }

  @Test
  void shouldSayWhetherMoreWaitsThanIsThere() {
    Gathering gathering = gathering(10, 0, 400, 400);
    consumer.setMaxPollRecords(50);
    poll(gathering, 100);

    assertThat(gathering.waiting(100)).isFalse();
    assertThat(gathering.waiting(1_000)).isTrue();
    for (int i = 0; i < 6; i++) {
      poll(gathering, 1_000);
    }
    assertThat(gathering.waiting(1_000)).isFalse();
    assertThat(sizes(gathering, 1_000)).containsExactlyInAnyOrder(10, 0, 400, 400);
  }

  @Test
  void shouldEndRightAfterTheLastRecordTakenAndCountNoneThatCannotBeRead() {
    Gathering gathering = gathering(0);
    add(new TopicPartition(Cluster.INPUT, 0), 0, PlantRows.row(0));
    add(new TopicPartition(Cluster.INPUT, 0), 1, "{\"pressure\":");
    add(new TopicPartition(Cluster.INPUT, 0), 2, PlantRows.row(2));
    add(new TopicPartition(Cluster.INPUT, 0), 3, PlantRows.row(3));

    poll(gathering, 2);

    assertThat(Gathering.ends(gathering.taken(2)))
        .containsExactly(new Provenance.Offset(Cluster.INPUT, 0, 3));
  }

  private Gathering gathering(int... records) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (int p = 0; p < records.length; p++) {
      TopicPartition partition = new TopicPartition(Cluster.INPUT, p);
      starts.put(partition, 0L);
      ends.put(partition, (long) records[p]);
    }
    Gathering gathering = new Gathering(consumer, starts, WireForm.json(1_000_000));
    consumer.updateEndOffsets(ends);
    for (int p = 0; p < records.length; p++) {
      for (int offset = 0; offset < records[p]; offset++) {
        add(new TopicPartition(Cluster.INPUT, p), offset, PlantRows.row(offset));
      }
    }
    return gathering;
  }

  private void add(TopicPartition partition, long offset, String value) {
    consumer.addRecord(
        new ConsumerRecord<>(
            partition.topic(),
            partition.partition(),
            offset,
            new byte[] {'k'},
            value.getBytes(StandardCharsets.UTF_8)));
  }

  private static void poll(Gathering gathering, int wanted) {
    for (int i = 0; i < 3; i++) {
      gathering.poll(wanted);
    }
  }

  private static Iterable<Integer> sizes(Gathering gathering, int wanted) {
    return gathering.taken(wanted).values().stream().map(List::size).toList();
  }
}
