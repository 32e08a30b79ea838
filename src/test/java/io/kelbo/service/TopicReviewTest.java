package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.topology.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a topic's replicas, of how many must be in step, and of how long it keeps. */
class TopicReviewTest {
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);
  private static final int PARTITIONS = 4;
  private static final NewTopics FORM = new NewTopics(TOPICS, PARTITIONS, 4_000_000);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3|1|1|topic 'kelbo.verdicts' has replicas '1' but should have '3', or it is lost with the disk of one broker: change it with kafka-reassign-partitions (it needs a plan of your brokers)",
        "2|1|1|topic 'kelbo.verdicts' has replicas '1' but should have '2', or it is lost with the disk of one broker: change it with kafka-reassign-partitions (it needs a plan of your brokers)",
        "3|3|1|topic 'kelbo.verdicts' has min.insync.replicas '1' but should have '2', or a record counts as written that one disk alone has: change it with 'kelbo topics --apply' or kafka-configs --alter --entity-type topics --entity-name kelbo.verdicts --add-config min.insync.replicas=2"
      })
  void shouldAdvise(int brokers, int replicas, int least, String sentence) {
    TopicState state = review(brokers, TOPICS.verdicts(), replicas, least, Map.of());

    assertThat(state.differences())
        .singleElement()
        .satisfies(one -> assertThat(one.stops()).isFalse());
    assertThat(state.differences().get(0).sentence()).startsWith(sentence);
  }

  @Test
  void shouldRefuseATopicThatWantsMoreReplicasInStepThanThereAre() {
    TopicState state = review(2, TOPICS.verdicts(), 2, 3, Map.of());

    assertThat(state.differences())
        .singleElement()
        .satisfies(one -> assertThat(one.stops()).isTrue());
    assertThat(state.differences().get(0).sentence())
        .startsWith(
            "topic 'kelbo.verdicts' has min.insync.replicas '3' but must have '2', or every write to it is refused");
  }

  @Test
  void shouldSayThatSamplesAreKeptBySizeAndLeaveOtherRetentionToTheUser() {
    Map<String, String> aWeek = Map.of("retention.ms", "604800000");

    TopicState samples = review(1, TOPICS.samples(), 1, 1, aWeek);
    TopicState verdicts = review(1, TOPICS.verdicts(), 1, 1, aWeek);

    assertThat(samples.differences())
        .singleElement()
        .extracting(TopicState.Difference::sentence)
        .asString()
        .startsWith("topic 'kelbo.samples' has retention.ms '604800000' but should have '-1', or")
        .endsWith("--add-config retention.ms=-1");
    assertThat(verdicts.differences()).isEmpty();
  }

  @Test
  void shouldFindNothingWhereThreeReplicasAreThereAndTwoMustBeInStep() {
    assertThat(review(3, TOPICS.verdicts(), 3, 2, Map.of()).differences()).isEmpty();
    assertThat(review(5, TOPICS.models(), 3, 2, Map.of()).differences()).isEmpty();
  }

  private static TopicState review(
      int brokers, String topic, int replicas, int least, Map<String, String> other) {
    List<Node> nodes =
        IntStream.range(0, replicas).mapToObj(i -> new Node(i, "127.0.0.1", 9092 + i)).toList();
    List<TopicPartitionInfo> partitions = new ArrayList<>();
    for (int p = 0; p < PARTITIONS; p++) {
      partitions.add(new TopicPartitionInfo(p, nodes.get(0), nodes, nodes));
    }
    Map<String, String> config = new HashMap<>(FORM.wanted(topic).configs());
    config.put("min.insync.replicas", Integer.toString(least));
    config.putIfAbsent("cleanup.policy", "delete");
    config.putAll(other);
    List<ConfigEntry> entries = new ArrayList<>();
    config.forEach((key, value) -> entries.add(new ConfigEntry(key, value)));
    return new TopicReview(TOPICS, FORM, PARTITIONS, brokers, true)
        .of(topic, new TopicDescription(topic, false, partitions), new Config(entries));
  }
}
