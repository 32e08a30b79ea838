package io.kelbo.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.topology.Control;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Records at a steady rate, each stamped with the wall clock, and a reader that notes when each has
 * its verdict: one partition, so that the n-th record sent has the offset n.
 */
final class PlantLoad implements AutoCloseable {
  static final String INPUT = "bench.input";

  private static final int MOST = 1_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String bootstrap;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
  private final Thread reader = new Thread(this::read, "bench-reader");
  private final AtomicLongArray sent = new AtomicLongArray(MOST);
  private final AtomicLongArray answered = new AtomicLongArray(MOST);
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong verdicts = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
  private final Random random = new Random(1);
  private final double[] load = new double[PlantRecords.MACHINES];
  private final double[] heat = new double[PlantRecords.MACHINES];
  private volatile boolean closing;

  PlantLoad(String bootstrap) throws InterruptedException {
    this.bootstrap = bootstrap;
    create(INPUT, "kelbo.verdicts", "kelbo.lifecycle", "kelbo.control");
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "max.in.flight.requests.per.connection", "1"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    reader.start();
  }

  private void create(String... topics) throws InterruptedException {
    List<NewTopic> wanted = new ArrayList<>();
    for (String topic : topics) {
      wanted.add(new NewTopic(topic, 1, (short) 1));
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin.createTopics(wanted).all().get();
    } catch (ExecutionException refused) {
      throw new IllegalStateException("the broker made no topics", refused);
    }
  }

  /** Sends as many as fast as it can, and waits for their verdicts. */
  void burst(int records) throws InterruptedException {
    for (int i = 0; i < records; i++) {
      send();
    }
    drain();
  }

  /** Begins to send so many a second, a few each time. */
  void steady(int perSecond) {
    int each = Math.max(1, perSecond / 200);
    sender.scheduleAtFixedRate(
        () -> {
          for (int i = 0; i < each; i++) {
            send();
          }
        },
        0,
        1_000_000L * each / perSecond,
        TimeUnit.MICROSECONDS);
  }

  private void send() {
    long n = next.getAndIncrement();
    int machine = (int) (n % PlantRecords.MACHINES);
    byte[] key = ("machine-" + machine).getBytes(StandardCharsets.UTF_8);
    byte[] value = PlantRecords.next(load, heat, machine, random);
    sent.set((int) n, System.nanoTime());
    producer.send(
        new ProducerRecord<>(INPUT, key, value),
        (place, refused) -> {
          if (refused != null) {
            failed.compareAndSet(null, refused);
          }
        });
  }

  /** Asks for a training and waits until it has ended. */
  void train() throws InterruptedException {
    try (KafkaConsumer<byte[], byte[]> lifecycle = consumer("kelbo.lifecycle", true)) {
      Control asked =
          new Control("default", Control.Action.TRAIN, Instant.now(), "bench", "latency");
      producer.send(
          new ProducerRecord<>(
              "kelbo.control", "default".getBytes(StandardCharsets.UTF_8), asked.write()));
      long until = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < until) {
        for (ConsumerRecord<byte[], byte[]> record : lifecycle.poll(Duration.ofMillis(20))) {
          if (JSON.readTree(record.value()).path("cause").asText().equals("demand")) {
            return;
          }
        }
      }
    } catch (IOException notOurs) {
      throw new IllegalStateException("an event cannot be read", notOurs);
    }
    throw new IllegalStateException("no training ended within " + PATIENCE);
  }

  /** Waits until all that was sent before has its verdict. */
  void drain() throws InterruptedException {
    long wanted = next.get();
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (verdicts.get() < wanted) {
      Exception why = failed.get();
      if (why != null || System.nanoTime() > until) {
        throw new IllegalStateException(
            "%d of %d records have a verdict".formatted(verdicts.get(), wanted), why);
      }
      Thread.sleep(10);
    }
  }

  /** Milliseconds to the verdicts of the records that were sent in this time. */
  double[] between(long from, long to) {
    List<Double> taken = new ArrayList<>();
    for (int n = 0; n < next.get(); n++) {
      if (sent.get(n) >= from && sent.get(n) < to && answered.get(n) > 0) {
        taken.add((answered.get(n) - sent.get(n)) / 1e6);
      }
    }
    return taken.stream().mapToDouble(ms -> ms).toArray();
  }

  private void read() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("kelbo.verdicts", false)) {
      while (!closing) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          long now = System.nanoTime();
          JsonNode verdict = JSON.readTree(record.value());
          int offset = verdict.at("/source/offset").asInt(-1);
          if (offset >= 0 && answered.compareAndSet(offset, 0, now)) {
            verdicts.incrementAndGet();
          }
        }
      }
    } catch (IOException | RuntimeException broken) {
      failed.compareAndSet(null, broken);
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer(String topic, boolean fromEnd) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "fetch.max.wait.ms", "100"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partition = List.of(new TopicPartition(topic, 0));
    consumer.assign(partition);
    if (fromEnd) {
      consumer.seekToEnd(partition);
      consumer.position(partition.get(0)); // seeks happen when they are needed
    } else {
      consumer.seekToBeginning(partition);
    }
    return consumer;
  }

  @Override
  public void close() throws InterruptedException {
    sender.shutdownNow();
    closing = true;
    reader.join();
    producer.close(Duration.ofSeconds(2));
  }
}
