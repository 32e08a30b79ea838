package io.kelbo.service;

import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.FieldRole;
import io.kelbo.topology.PlantRows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Rows of the plant at a steady rate, a second of stream time apart: some strange, so that episodes
 * open and close, some that cannot be read, some with a hole, some without their target.
 */
final class Load implements AutoCloseable {
  /** Told where it is absent. */
  static final String TARGET = "motor.temperature";

  /** A header: the row's number, which a completed record still bears. */
  static final String ROW = "row";

  static final List<Field> FIELDS =
      List.of(
          new Field("pressure", FieldKind.QUANTITY),
          new Field("motor.flow", FieldKind.QUANTITY),
          new Field(TARGET, FieldKind.QUANTITY, FieldRole.TARGET),
          new Field("mode", FieldKind.CATEGORY),
          new Field("valve", FieldKind.FLAG));

  /** The input with these fields, from its beginning, for a configuration. */
  static final String INPUT_SECTION =
      FIELDS.stream()
          .map(
              field ->
                  "{ name: %s, kind: %s, role: %s }"
                      .formatted(field.name(), word(field.kind()), word(field.role())))
          .collect(
              Collectors.joining(
                  ", ", "input: { topic: " + Cluster.INPUT + ", from: earliest, fields: [", "] }"));

  private static final int EACH = 15;
  private static final int EVERY_MILLIS = 50;
  private static final int UNREADABLE = 997;

  private final Cluster cluster;
  private final long start = Instant.now().minus(Duration.ofDays(20)).toEpochMilli();
  private final AtomicInteger row = new AtomicInteger();
  private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();

  /** Begins at 300 rows a second. */
  Load(Cluster cluster) {
    this.cluster = cluster;
    sender.scheduleAtFixedRate(this::send, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void send() {
    for (int i = 0; i < EACH; i++) {
      int n = row.getAndIncrement();
      long time = start + 1000L * n;
      cluster.send(record(n, time));
    }
  }

  /** A row as it is sent. */
  static ProducerRecord<byte[], byte[]> record(int n, long time) {
    return new ProducerRecord<>(
        Cluster.INPUT,
        null,
        time,
        bytes(PlantRows.key(n)),
        bytes(value(n)),
        List.of(new RecordHeader(ROW, bytes(Integer.toString(n)))));
  }

  private static String value(int n) {
    if (n > 1000 && n % UNREADABLE == 0) {
      return "{\"pressure\": ";
    }
    boolean strange = n > 1000 && n % 400 < 12;
    String row = strange ? PlantRows.strange(n) : PlantRows.row(n);
    row = "{\"line\": \"%s\", %s".formatted(line(n), row.substring(1));
    row = n % 7 == 3 ? row.replaceFirst("\"flow\": [^,]*", "\"flow\": null") : row;
    return n % 5 == 2 ? row.replaceFirst("\"temperature\": [^}]*", "\"temperature\": null") : row;
  }

  /** Of two, each with three pumps: declared nowhere, but may be the segment. */
  static String line(int n) {
    return n % 2 == 0 ? "left" : "right";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }

  /** Ends, once all that was sent has been taken by the brokers. */
  int end() throws InterruptedException {
    sender.shutdown();
    if (!sender.awaitTermination(180, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the load did not end: the brokers take nothing");
    }
    cluster.flush();
    return row.get();
  }

  @Override
  public void close() {
    sender.shutdownNow();
  }
}
