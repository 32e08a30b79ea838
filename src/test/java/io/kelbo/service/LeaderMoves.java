package io.kelbo.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.awaitility.Awaitility;

/** Leaders of every partition, Kafka's own topics too, handed to another broker by the admin. */
final class LeaderMoves {
  private LeaderMoves() {}

  /** The second replica of each partition becomes its first, and leads. */
  static void byOne(String bootstrap) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      Map<TopicPartition, Optional<NewPartitionReassignment>> moves = new HashMap<>();
      partitions(admin).forEach((place, info) -> moves.put(place, Optional.of(turned(info))));
      admin.alterPartitionReassignments(moves).all().get();
      Awaitility.await()
          .until(() -> admin.listPartitionReassignments().reassignments().get().isEmpty());
      admin.electLeaders(ElectionType.PREFERRED, moves.keySet()).all().get();
    }
  }

  private static NewPartitionReassignment turned(TopicPartitionInfo info) {
    List<Integer> replicas = info.replicas().stream().map(Node::id).toList();
    return new NewPartitionReassignment(
        Stream.concat(replicas.stream().skip(1), replicas.stream().limit(1)).toList());
  }

  private static Map<TopicPartition, TopicPartitionInfo> partitions(Admin admin) throws Exception {
    Map<TopicPartition, TopicPartitionInfo> all = new HashMap<>();
    admin
        .describeTopics(admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get())
        .allTopicNames()
        .get()
        .forEach(
            (topic, description) ->
                description
                    .partitions()
                    .forEach(info -> all.put(new TopicPartition(topic, info.partition()), info)));
    return all;
  }
}
