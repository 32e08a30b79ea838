package io.kelbo.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  private final Path dir;

  EmbeddedBrokerTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void shouldGiveBackWhatWasProducedAndKeepItOverARestart() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0)) {
      produceInTransaction(broker.bootstrap(), "one", "two");

      assertThat(consume(broker.bootstrap(), 2)).containsExactlyInAnyOrder("one", "two");
      assertThat(partitions(broker.bootstrap())).isEqualTo(EmbeddedBroker.PARTITIONS);
    }

    try (EmbeddedBroker reopened = EmbeddedBroker.start(dir, 0)) {
      assertThat(consume(reopened.bootstrap(), 2)).containsExactlyInAnyOrder("one", "two");
    }
  }

  @Test
  void shouldSayThatThePortIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();

      assertThatThrownBy(() -> EmbeddedBroker.start(dir, port))
          .isInstanceOf(BrokerUnavailable.class)
          .hasMessageContaining("port " + port)
          .hasMessageContaining("name another port");
    }
  }

  @Test
  void shouldSayThatTheFolderCannotBeUsed() throws Exception {
    Path file = java.nio.file.Files.createFile(dir.resolve("a-file"));

    assertThatThrownBy(() -> EmbeddedBroker.start(file, 0))
        .isInstanceOf(BrokerUnavailable.class)
        .hasMessageContaining("'" + file + "'")
        .hasMessageContaining("name a folder that can be written");
  }

  private static void produceInTransaction(String bootstrap, String... values) throws Exception {
    Map<String, Object> config =
        Map.of("bootstrap.servers", bootstrap, "transactional.id", "test", "acks", "all");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (String value : values) {
        producer.send(new ProducerRecord<>("words", value, value)).get();
      }
      producer.commitTransaction();
    }
  }

  private static List<String> consume(String bootstrap, int count) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = consumer(bootstrap)) {
      consumer.subscribe(List.of("words"));
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                for (ConsumerRecord<String, String> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  values.add(record.value());
                }
                return values.size() >= count;
              });
    }
    return values;
  }

  private static int partitions(String bootstrap) {
    try (KafkaConsumer<String, String> consumer = consumer(bootstrap)) {
      return consumer.partitionsFor("words").size();
    }
  }

  private static KafkaConsumer<String, String> consumer(String bootstrap) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "group.id",
            "reader-" + System.nanoTime(),
            "auto.offset.reset",
            "earliest",
            "isolation.level",
            "read_committed"),
        new StringDeserializer(),
        new StringDeserializer());
  }
}
