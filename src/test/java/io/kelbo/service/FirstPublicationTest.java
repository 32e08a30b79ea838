package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kelbo.model.Model;
import io.kelbo.topology.FirstModels;
import io.kelbo.topology.Topics;
import io.kelbo.train.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of several instances that learn a first model, one wins, and no other fails. */
class FirstPublicationTest {
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);

  @Test
  void shouldLetTheLaterOfTwoInstancesWin(@TempDir Path dir) throws Exception {
    Model model = FirstModels.model(1);
    Outcome.Promoted first = new Outcome.Promoted(model, "first", Map.of());
    Map<TopicPartition, Long> starts = Map.of(new TopicPartition(Cluster.INPUT, 0), 0L);
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.createInput();
      Settings settings = TestSettings.of(cluster.bootstrap(), dir.resolve("state"));
      new TopicSetup(settings, TOPICS).ready();

      Model seen =
          new FirstPublication(settings, TOPICS)
              .publish(
                  first,
                  starts,
                  () -> {
                    new FirstPublication(settings, TOPICS).publish(first, starts, () -> null);
                    return null; // it looked a moment before the other published
                  });

      assertThat(seen).isNull();
      assertThat(cluster.committed(TOPICS.lifecycle())).hasSize(1);
      assertThat(ModelsReader.read(settings).of("default")).hasSize(1);
    }
  }

  @Test
  void shouldRefuseATopicThatWouldForgetTheModels(@TempDir Path dir) throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrap()))) {
      cluster.createInput();
      admin
          .createTopics(List.of(new NewTopic(TOPICS.models(), Optional.of(1), Optional.empty())))
          .all()
          .get();
      Settings settings = TestSettings.of(cluster.bootstrap(), dir.resolve("state"));

      // A broker may not see a topic at once that was just made.
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> new TopicSetup(settings, TOPICS).ready())
                      .isInstanceOf(ServiceFailure.class)
                      .hasMessageStartingWith("topic 'kelbo.models' has cleanup.policy 'delete'"));
    }
  }
}
