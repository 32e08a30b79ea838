package io.kelbo.topology;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Puts a record under its entity's name, with the way back to its origin in headers. */
final class RegroupProcessor extends ContextualProcessor<Object, Object, byte[], byte[]> {
  @Override
  public void process(Record<Object, Object> record) {
    Arrived arrived = (Arrived) record.value();
    arrived.origin().write(record.headers());
    context()
        .forward(
            new Record<>(
                arrived.incoming().entity().getBytes(StandardCharsets.UTF_8),
                arrived.value(),
                record.timestamp(),
                record.headers()));
  }
}
