package io.kelbo.topology;

import io.kelbo.record.Source;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where Kafka's records stand. */
public final class Sources {
  private Sources() {}

  public static Source of(ConsumerRecord<?, ?> record) {
    return new Source(record.topic(), record.partition(), record.offset());
  }
}
