package io.kelbo.cli;

import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.broker.OrderedProducer;
import io.kelbo.format.AvroBody;
import io.kelbo.format.AvroWritten;
import io.kelbo.topology.PlantRows;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends rows of {@link PlantRows} in Avro to the topic of {@link LivePlant}. */
final class AvroPlant {
  private AvroPlant() {}

  /**
   * Sends, and waits until all is in the topic.
   *
   * @param records a row's record, of the schema that it is written with
   */
  static void produce(
      EmbeddedBroker broker, AvroWritten as, int from, int to, IntFunction<GenericRecord> records) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            OrderedProducer.properties(broker.bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int row = from; row < to; row++) {
        byte[] key = PlantRows.key(row).getBytes(StandardCharsets.UTF_8);
        producer.send(
            new ProducerRecord<>(LivePlant.TOPIC, key, AvroBody.write(as, records.apply(row))));
      }
    }
  }
}
