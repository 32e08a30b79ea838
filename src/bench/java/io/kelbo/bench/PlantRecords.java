package io.kelbo.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Made-up machines, the same for each run: six quantities that move with two hidden loads, a count
 * and a flag; one record a second and machine, no faults.
 */
final class PlantRecords {
  static final int MACHINES = 16;
  private static final long START = 1_700_000_000_000L;

  private PlantRecords() {}

  /** Writes records spread evenly over the partitions by machine. */
  static void write(String bootstrap, String topic, int partitions, int records) {
    Properties p = new Properties();
    p.put("bootstrap.servers", bootstrap);
    p.put("linger.ms", "20");
    p.put("batch.size", "131072");
    Random random = new Random(1);
    double[] load = new double[MACHINES];
    double[] heat = new double[MACHINES];
    try (var producer =
        new KafkaProducer<>(p, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        int machine = i % MACHINES;
        producer.send(
            new ProducerRecord<>(
                topic,
                machine % partitions,
                START + 1000L * (i / MACHINES),
                ("machine-" + machine).getBytes(StandardCharsets.UTF_8),
                next(load, heat, machine, random)));
      }
    }
  }

  /** The next record of a machine, whose two loads move on. */
  static byte[] next(double[] load, double[] heat, int machine, Random random) {
    load[machine] = 0.98 * load[machine] + 0.2 * random.nextGaussian();
    heat[machine] = 0.99 * heat[machine] + 0.1 * load[machine];
    return json(load[machine], heat[machine], random);
  }

  private static byte[] json(double load, double heat, Random random) {
    return String.format(
            Locale.ROOT,
            "{\"pressure\":%.4f,\"flow\":%.4f,\"current\":%.4f,\"temperature\":%.4f,"
                + "\"vibration\":%.4f,\"speed\":%.2f,\"starts\":%d,\"cooling\":%b}",
            4.2 + 0.5 * load + 0.05 * random.nextGaussian(),
            120 + 9 * load + random.nextGaussian(),
            16 + 2 * load + 0.2 * random.nextGaussian(),
            60 + 3 * heat + 0.3 * random.nextGaussian(),
            0.8 + 0.1 * load + 0.02 * heat + 0.03 * random.nextGaussian(),
            2900 - 15 * load + 3 * random.nextGaussian(),
            random.nextInt(4),
            heat > 0)
        .getBytes(StandardCharsets.UTF_8);
  }
}
