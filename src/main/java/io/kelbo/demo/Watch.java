package io.kelbo.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.topology.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Kelbo writes, as any other reader would: committed records of its topics. Counts them
 * and tells the terminal of what a person wants to see.
 */
final class Watch implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Topics topics;
  private final Tally tally;
  private final Truth truth;
  private final Terminal terminal;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::read, "demo-watch");
  private volatile boolean closing;
  private volatile @Nullable Exception failure;

  Watch(String bootstrap, Topics topics, Tally tally, Truth truth, Terminal terminal) {
    this.topics = topics;
    this.tally = tally;
    this.truth = truth;
    this.terminal = terminal;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                "demo-watch",
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "allow.auto.create.topics",
                "false",
                // The topics are made after this consumer begins to look for them.
                "metadata.max.age.ms",
                "500"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  void start() {
    thread.start();
  }

  /** Says what ended the reading, if something did. */
  void complain() {
    Exception cause = failure;
    if (cause != null) {
      throw new IllegalStateException(
          "the demo could not read Kelbo's topics (%s)".formatted(cause.getMessage()), cause);
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (consumer) {
      consumer.subscribe(
          List.of(
              topics.verdicts(),
              topics.anomalies(),
              topics.imputed(),
              topics.lifecycle(),
              topics.deadLetters()));
      while (!closing) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          take(record);
        }
      }
    } catch (IOException | RuntimeException unexpected) {
      failure = unexpected;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
    String topic = record.topic();
    if (topic.equals(topics.deadLetters())) {
      tally.deadLetter();
    } else if (topic.equals(topics.verdicts())) {
      tally.verdict(JSON.readTree(record.value()));
    } else if (topic.equals(topics.anomalies())) {
      anomaly(JSON.readTree(record.value()));
    } else if (topic.equals(topics.imputed())) {
      imputed(record);
    } else {
      lifecycle(JSON.readTree(record.value()));
    }
  }

  private void anomaly(JsonNode verdict) {
    tally.anomaly(verdict);
    if (verdict.path("episode").path("state").asText().equals("opened")) {
      Alarm alarm = Alarm.of(verdict);
      Optional<Fault> fault = Scoreboard.match(truth.faults(), alarm.pump(), alarm.time());
      tally.alarm(alarm, fault.isPresent());
      terminal.alarm(alarm, fault);
    }
  }

  private void imputed(ConsumerRecord<byte[], byte[]> record) throws IOException {
    String time = header(record, "kelbo.time");
    JsonNode completed = JSON.readTree(record.value());
    for (String field : header(record, "kelbo.imputed").split(",", -1)) {
      JsonNode filled = completed.at("/" + field.replace('.', '/'));
      tally.imputed(
          new String(record.key(), StandardCharsets.UTF_8),
          Instant.parse(time),
          field,
          filled.asDouble(Double.NaN));
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private void lifecycle(JsonNode event) {
    String kind = event.path("event").asText();
    int version = event.path("version").asInt();
    if (kind.equals("promoted")) {
      tally.promoted(version);
    }
    terminal.lifecycle(kind, version, event.path("reason").asText());
  }
}
