package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kelbo.topology.Topics;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of topics that others made, and what {@code topics --apply} does about it. */
class TopicSurveyTest {
  private static final Topics TOPICS = new Topics("kelbo", Cluster.INPUT);

  @Test
  void shouldSayWhatDiffersWithTheCommandAndChangeIt(@TempDir Path dir) throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrap()))) {
      cluster.createInput();
      Settings settings = TestSettings.of(cluster.bootstrap(), dir.resolve("state"));
      admin
          .createTopics(
              List.of(
                  topic(TOPICS.models(), 1, Map.of()),
                  topic(TOPICS.verdicts(), 2, Map.of("cleanup.policy", "compact")),
                  topic(TOPICS.anomalies(), 4, Map.of("min.insync.replicas", "2")),
                  topic("kelbo-score-entities-changelog", 3, Map.of("cleanup.policy", "compact"))))
          .all()
          .get();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> admin.listTopics().names().get().contains("kelbo-score-entities-changelog"));

      TopicSurvey before = TopicSurvey.of(admin, settings, Cluster.PARTITIONS);
      List<String> done = before.apply(admin, settings, Cluster.PARTITIONS);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> TopicSurvey.of(admin, settings, Cluster.PARTITIONS).differences().size() == 1);
      TopicSurvey after = TopicSurvey.of(admin, settings, Cluster.PARTITIONS);

      assertThat(before.problems())
          .anySatisfy(
              problem ->
                  assertThat(problem)
                      .startsWith(
                          "topic 'kelbo.models' has cleanup.policy 'delete' but must have 'compact', or models would be forgotten")
                      .endsWith(
                          "kafka-configs --alter --entity-type topics --entity-name kelbo.models --add-config cleanup.policy=compact"))
          .anyMatch(p -> p.startsWith("topic 'kelbo.anomalies' has min.insync.replicas '2'"))
          .anyMatch(p -> p.startsWith("topic 'kelbo-score-entities-changelog' has partitions '3'"));
      assertThat(before.advice())
          .anyMatch(a -> a.startsWith("topic 'kelbo.verdicts' has partitions '2'"))
          .anyMatch(a -> a.startsWith("topic 'kelbo.verdicts' has cleanup.policy 'compact'"))
          .anyMatch(a -> a.contains("message.timestamp.type 'CreateTime'"));
      assertThat(done)
          .contains(
              "created topic 'kelbo.samples'",
              "topic 'kelbo.models': cleanup.policy from 'delete' to 'compact'");
      assertThat(after.differences().get(0).topic()).isEqualTo("kelbo-score-entities-changelog");
      assertThat(after.missingRights()).isEmpty();
    }
  }

  @Test
  void shouldLiveWithAnotherInstanceThatMakesATopicJustAfterItWasMissing(@TempDir Path dir)
      throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrap()))) {
      cluster.createInput();

      List<String> missing =
          MissingRights.of(
              overtaken(admin, TOPICS.rules()), TOPICS, AccessRights.run(TOPICS, true));

      assertThat(missing).isEmpty();
      assertThat(admin.listTopics().names().get()).contains(TOPICS.rules());
    }
  }

  /** Whoever is told through this that a topic is missing is told too late. */
  private static Admin overtaken(Admin admin, String topic) {
    return (Admin)
        Proxy.newProxyInstance(
            TopicSurveyTest.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, arguments) -> {
              Object answer = method.invoke(admin, arguments);
              if (answer instanceof DescribeTopicsResult told
                  && told.topicNameValues().containsKey(topic)) {
                await().until(() -> told.topicNameValues().get(topic).isCompletedExceptionally());
                admin.createTopics(List.of(topic(topic, 1, Map.of()))).all().get();
              }
              return answer;
            });
  }

  private static NewTopic topic(String name, int partitions, Map<String, String> config) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(config);
  }
}
