package io.kelbo.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Produces the plant's messages: some history at once, then a steady flow. */
final class Feed implements AutoCloseable {
  /** Messages a second once the history is written. */
  static final int RATE = 500;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final UnaryOperator<Instant> stamp;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<Exception> refused = new AtomicReference<>();

  /** A feed whose records bear the plant's own times. */
  Feed(String bootstrap, String topic) {
    this(bootstrapOnly(bootstrap), topic, time -> time);
  }

  /**
   * @param kafka properties of the producer
   * @param stamp from the plant's time to the record's
   */
  Feed(Properties kafka, String topic, UnaryOperator<Instant> stamp) {
    this.topic = topic;
    this.stamp = stamp;
    Properties properties = new Properties();
    properties.put("linger.ms", "5");
    properties.put("batch.size", "65536");
    // With more in flight, a young topic may take the second batch before the first,
    // and then refuses the first for good (seen on a busy machine, 2026-11-22).
    properties.put("max.in.flight.requests.per.connection", "1");
    properties.putAll(kafka);
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Properties bootstrapOnly(String bootstrap) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrap);
    return properties;
  }

  /** Writes so many ticks as fast as they go, and waits until they are in. */
  void history(Telemetry telemetry, int ticks) {
    for (int t = 0; t < ticks; t++) {
      telemetry.next().forEach(this::send);
    }
    producer.flush();
    complain();
  }

  /**
   * Writes until told to stop, and waits until all is in.
   *
   * @param rate messages a second
   */
  void flow(Telemetry telemetry, int rate, BooleanSupplier stop) {
    long nanosPerTick = Duration.ofSeconds(1).toNanos() * Plant.PUMPS / rate;
    long due = System.nanoTime();
    while (!stop.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
      telemetry.next().forEach(this::send);
      complain();
      due += nanosPerTick;
      long ahead = due - System.nanoTime();
      if (ahead > 0) {
        LockSupport.parkNanos(ahead);
      } else if (ahead < -Duration.ofSeconds(1).toNanos()) {
        due = System.nanoTime(); // fell behind: keep the pace, do not make up for it in a burst
      }
    }
    producer.flush();
    complain();
  }

  /** How many messages are in the topic. */
  long written() {
    return acknowledged.get();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
  private void send(Telemetry.Message message) {
    producer.send(
        new ProducerRecord<>(
            topic,
            null,
            stamp.apply(message.time()).toEpochMilli(),
            message.key().getBytes(StandardCharsets.UTF_8),
            message.json().getBytes(StandardCharsets.UTF_8)),
        (metadata, failure) -> {
          if (failure == null) {
            acknowledged.incrementAndGet();
          } else {
            refused.compareAndSet(null, failure);
          }
        });
  }

  private void complain() {
    Exception failure = refused.get();
    if (failure != null) {
      throw new IllegalStateException(
          "Kafka refused a record (%s)".formatted(failure.getMessage()), failure);
    }
  }
}
