package io.kelbo.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kelbo.broker.OrderedProducer;
import io.kelbo.topology.PlantRows;
import io.kelbo.topology.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service itself started once for each right of {@code run}, without that one: it stops and
 * names it. {@link RightsWalkTest} asks the same without starting anything.
 */
@Tag("faults")
class RightsLiveTest {
  private static final Logger LOG = LoggerFactory.getLogger(RightsLiveTest.class);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final List<String> named = new ArrayList<>();
  private GuardedCluster cluster;
  private Path dir;

  @Test
  void shouldStopAndNameEachRightThatIsMissing(@TempDir Path folder) throws Exception {
    dir = folder;
    try (GuardedCluster guarded = new GuardedCluster(folder)) {
      cluster = guarded;
      fill();
      // Nothing is made as long as something may not be made.
      walk("kelbo", (right, operation) -> operation == AclOperation.CREATE);
      walk("kelbo", (right, operation) -> operation != AclOperation.CREATE && !internal(right));
      int name = 0;
      for (String application : List.of("score", "train")) {
        for (AclOperation operation :
            Set.of(
                AclOperation.READ,
                AclOperation.WRITE,
                AclOperation.DELETE,
                AclOperation.DESCRIBE_CONFIGS)) {
          // Each time a Kelbo of its own, whose topics Kafka Streams has not made yet.
          walk(
              "new" + name++,
              (right, other) ->
                  internal(right) && right.name().contains(application) && other == operation);
        }
      }
    }
    LOG.info("{} rights taken away one by one, each named: {}", named.size(), named);
    assertThat(named).doesNotHaveDuplicates().hasSize(58);
  }

  private interface Choice {
    boolean takes(AccessRight right, AclOperation operation);
  }

  private static boolean internal(AccessRight right) {
    return right.name().endsWith("-")
        && right.pattern() == PatternType.PREFIXED
        && right.kind().equals("topic");
  }

  private void walk(String name, Choice choice) throws Exception {
    List<AccessRight> rights = AccessRights.run(new Topics(name, Cluster.INPUT), true);
    for (AccessRight right : rights) {
      for (AclOperation operation : right.operations()) {
        if (choice.takes(right, operation)) {
          cluster.grantOnly(rights);
          cluster.take(
              new AccessRight(
                  right.type(), right.name(), right.pattern(), Set.of(operation), right.purpose()));
          assertThat(failure(name)).hasMessageContaining(right.absence(operation));
          named.add(right.sentence(operation).replace(name, "kelbo"));
        }
      }
    }
  }

  /** At the start, or soon after. */
  private ServiceFailure failure(String name) {
    Settings usual =
        TestSettings.named(
            name, cluster.scram(GuardedCluster.PASSWORD), dir.resolve("state-" + name));
    return catchThrowableOfType(
        ServiceFailure.class,
        () -> {
          try (Service service = Service.start(usual)) {
            CompletableFuture<ServiceFailure> end =
                CompletableFuture.supplyAsync(
                    () -> catchThrowableOfType(ServiceFailure.class, service::awaitTermination));
            await().atMost(PATIENCE).dontCatchUncaughtExceptions().until(end::isDone);
            throw end.get();
          }
        });
  }

  private void fill() throws Exception {
    NewTopic input = new NewTopic(Cluster.INPUT, Optional.of(1), Optional.empty());
    cluster.admin().createTopics(List.of(input)).all().get();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            OrderedProducer.properties(cluster.plainBootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int row = 0; row < 700; row++) {
        byte[] key = PlantRows.key(row).getBytes(UTF_8);
        producer.send(new ProducerRecord<>(Cluster.INPUT, key, PlantRows.row(row).getBytes(UTF_8)));
      }
    }
  }
}
