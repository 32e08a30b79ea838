package io.kelbo.install;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.broker.KafkaTool;
import io.kelbo.broker.OrderedProducer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The runbook of a transaction that never ends, done with Kafka's own tool as it says. */
@Timeout(60)
class HungTransactionTest {
  private static final Path PAGE = Command.HOME.resolve("docs/runbooks/hung-transaction.md");
  private static final TopicPartition PLANT = new TopicPartition("plant", 0);

  @Test
  void shouldFindAndEndTheTransactionThatHoldsBackTheTopic(@TempDir Path dir) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      admin.createTopics(List.of(new NewTopic("plant", 1, (short) 1))).all().get();
      try (KafkaProducer<byte[], byte[]> open = open(broker)) {
        long first = open.send(new ProducerRecord<>("plant", "{}".getBytes(UTF_8))).get().offset();
        assertThat(stable(admin)).isEqualTo(first);

        KafkaTool seen = run("describe-producers", broker, first);
        KafkaTool ended = run("abort", broker, first);

        assertThat(seen.said()).containsPattern("\\s" + first + "\\s*\\n?$");
        assertThat(ended.code()).as(ended.said()).isZero();
        await().atMost(Duration.ofSeconds(20)).until(() -> stable(admin) > first);
        // What the page says of a living producer.
        open.commitTransaction();
        assertThat(readCommitted(broker, stable(admin))).isZero();
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> open(EmbeddedBroker broker) {
    Map<String, Object> properties = new HashMap<>(OrderedProducer.properties(broker.bootstrap()));
    properties.put("transactional.id", "another");
    KafkaProducer<byte[], byte[]> open =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    open.initTransactions();
    open.beginTransaction();
    return open;
  }

  /** How many records such a reader gets of those before an offset. */
  private static int readCommitted(EmbeddedBroker broker, long end) {
    int records = 0;
    try (KafkaConsumer<byte[], byte[]> reader =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrap(), "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      reader.assign(List.of(PLANT));
      reader.seekToBeginning(List.of(PLANT));
      while (reader.position(PLANT) < end) {
        records += reader.poll(Duration.ofSeconds(1)).count();
      }
    }
    return records;
  }

  /** Where {@code read_committed} readers stop. */
  private static long stable(Admin admin) throws Exception {
    return admin
        .listOffsets(
            Map.of(PLANT, OffsetSpec.latest()),
            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .partitionResult(PLANT)
        .get()
        .offset();
  }

  /** The page's own words, with the names of here for its capitals. */
  private static KafkaTool run(String verb, EmbeddedBroker broker, long offset) throws Exception {
    Matcher words =
        Pattern.compile("kafka-transactions\\.sh \\S+ BROKER " + verb + "(?: --[a-z-]+ [A-Z]+)+")
            .matcher(Files.readString(PAGE));
    assertThat(words.find()).as(verb).isTrue();
    return KafkaTool.run(
        List.of(
            words
                .group()
                .replace("BROKER", broker.bootstrap())
                .replace("--topic TOPIC", "--topic plant")
                .replace("--partition P", "--partition 0")
                .replace("--start-offset O", "--start-offset " + offset)
                .split(" ")));
  }
}
