package io.kelbo.bench;

import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.broker.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * A backlog worked off: a topic of four partitions is full before a service starts, with both roles
 * and exactly once, in a process of its own with a small heap; the broker is in this one. Says how
 * fast the first and the last tenth went by committed offsets, and what memory the process took.
 */
final class BacklogBench {
  static final int RECORDS = 10_000_000;

  private static final int PARTITIONS = 4;
  private static final String HEAP = "512m";
  private static final String INPUT = "bench.input";
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration STANDSTILL = Duration.ofMinutes(5);
  private static final int TENTHS = 10;

  private final int records;
  private final Admin admin;
  private final Process service;
  private final List<Double> tenths = new ArrayList<>(); // seconds after the start
  private final List<Double> resident = new ArrayList<>(); // MB at each

  private BacklogBench(int records, Admin admin, Process service) {
    this.records = records;
    this.admin = admin;
    this.service = service;
  }

  static void run(int records, boolean json) throws Exception {
    Path folder = TemporaryFolder.create("kelbo-backlog-");
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      admin.createTopics(List.of(new NewTopic(INPUT, PARTITIONS, (short) 1))).all().get();
      PlantRecords.write(broker.bootstrap(), INPUT, PARTITIONS, records);
      Process service = OwnJvm.kelbo(HEAP, config(broker.bootstrap(), folder)).start();
      try {
        BacklogBench bench = new BacklogBench(records, admin, service);
        bench.watch(json);
        bench.report(json);
      } finally {
        service.destroy();
        service.waitFor();
      }
    } finally {
      TemporaryFolder.delete(folder);
    }
  }

  private static Path config(String bootstrap, Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("kelbo.yaml"),
        """
        kafka: { bootstrap.servers: "%s" }
        input: { topic: %s, from: earliest, entity: key }
        verdicts: all
        http: { port: 0 }
        state: { dir: "%s" }
        """
            .formatted(bootstrap, INPUT, folder.resolve("state")));
  }

  private void watch(boolean json) throws Exception {
    long start = System.nanoTime();
    long moved = start;
    long before = 0;
    while (tenths.size() < TENTHS) {
      Thread.sleep(LOOK.toMillis());
      long done = committed();
      long now = System.nanoTime();
      if (done > before) {
        moved = now;
        before = done;
      } else if (!service.isAlive() || now - moved > STANDSTILL.toNanos()) {
        throw new IllegalStateException(
            "%d of %d records are worked off, and no more (service %s)"
                .formatted(done, records, service.isAlive() ? "alive" : "ended"));
      }
      while (tenths.size() < TENTHS && done >= (tenths.size() + 1L) * records / TENTHS) {
        tenths.add((now - start) / 1e9);
        resident.add(memory("VmRSS:"));
        if (!json) {
          System.out.printf(
              Locale.ROOT,
              "%,d records after %.0f s, resident %.0f MB%n",
              done,
              tenths.get(tenths.size() - 1),
              resident.get(resident.size() - 1));
        }
      }
    }
  }

  private void report(boolean json) {
    double first = records / (double) TENTHS / tenths.get(0);
    double last = records / (double) TENTHS / (tenths.get(TENTHS - 1) - tenths.get(TENTHS - 2));
    Printed.line(
        "backlog",
        List.of(
            "\"records\": " + records,
            figure("seconds", tenths.get(TENTHS - 1)),
            figure("records_a_second", records / tenths.get(TENTHS - 1)),
            figure("first_tenth_a_second", first),
            figure("last_tenth_a_second", last),
            "\"heap\": \"%s\"".formatted(HEAP),
            figure("resident_mb_after_first_tenth", resident.get(0)),
            figure("resident_mb_at_end", resident.get(TENTHS - 1)),
            figure("resident_mb_most", memory("VmHWM:"))),
        json);
  }

  private static String figure(String name, double value) {
    return String.format(Locale.ROOT, "\"%s\": %.0f", name, value);
  }

  /** Records of the input that a committed transaction has taken. */
  private long committed() throws ExecutionException, InterruptedException {
    return admin
        .listConsumerGroupOffsets("kelbo-score")
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .filter(offset -> offset.getKey().topic().equals(INPUT) && offset.getValue() != null)
        .map(Map.Entry::getValue)
        .mapToLong(OffsetAndMetadata::offset)
        .sum();
  }

  /** A figure of the process in MB, which Linux tells in kB; NaN elsewhere. */
  private double memory(String name) {
    Path status = Path.of("/proc/%d/status".formatted(service.pid()));
    try {
      return Files.exists(status)
          ? Files.readAllLines(status).stream()
              .filter(line -> line.startsWith(name))
              .mapToDouble(line -> Double.parseDouble(line.split("\\s+", -1)[1]) / 1024)
              .findFirst()
              .orElse(Double.NaN)
          : Double.NaN;
    } catch (IOException ended) {
      throw new java.io.UncheckedIOException("the service has ended", ended);
    }
  }
}
