package io.kelbo.topology;

import io.kelbo.format.SchemaUnavailable;
import io.kelbo.observe.Meters;
import io.kelbo.record.Incoming;
import io.kelbo.record.RecordReader;
import io.kelbo.record.Source;
import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.WireForm;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** From bytes to {@link Arrived}; what cannot be read goes to the dead letters. */
final class ReadProcessor extends ContextualProcessor<byte[], byte[], Object, Object> {
  private final RecordReader reader;
  private final OutputForm output;
  private final Meters meters;
  private final boolean regrouped;
  private final String next;

  /**
   * @param output is told how the record that is answered was written
   * @param regrouped whether it reads what {@link RegroupProcessor} wrote, not the input itself
   * @param next the node that takes what was read
   */
  ReadProcessor(
      RecordReader reader, OutputForm output, Meters meters, boolean regrouped, String next) {
    this.reader = reader;
    this.output = output;
    this.meters = meters;
    this.regrouped = regrouped;
    this.next = next;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Origin origin = regrouped ? Origin.read(record.headers()) : arrival(record);
    if (origin == null) {
      throw new IllegalStateException(
          "a regrouped record does not say where it came from; only Kelbo may write to its topic");
    }
    byte @Nullable [] value = record.value();
    if (value == null) {
      meters.tombstones.increment();
      return;
    }
    Headers headers = GuardedTimestamps.erase(new RecordHeaders(record.headers()));
    if (!regrouped) {
      // Whoever wrote such headers, they are not the way back to this record; those of a regrouped
      // one stay, since the handler of unexpected errors needs them.
      Origin.erase(headers);
    }
    try {
      WireForm.Content content = reader.content(value);
      output.answering(content.written());
      Incoming incoming =
          reader.incoming(
              origin.source(), origin.key(), content.leaves(), Instant.ofEpochMilli(origin.time()));
      Arrived arrived = new Arrived(incoming, origin, value, content, Map.of());
      context()
          .forward(new Record<>(incoming.entity(), arrived, record.timestamp(), headers), next);
    } catch (UnreadableRecord unreadable) {
      meters.deadLetter(unreadable.reason().word());
      DeadLetter letter = DeadLetter.of(unreadable, origin, value);
      context()
          .forward(
              new Record<>(
                  letter.keptKey(),
                  letter.keptValue(),
                  record.timestamp(),
                  letter.headers(headers)),
              ScoringTopology.DEAD_LETTERS);
    } catch (SchemaUnavailable waited) {
      // As an error of Kafka's: what was begun is given up and done again, no dead letter is made.
      throw new KafkaException("a record waits for its schema", waited);
    }
  }

  private Origin arrival(Record<byte[], byte[]> record) {
    meters.records.increment();
    RecordMetadata place = context().recordMetadata().orElseThrow();
    long time = GuardedTimestamps.ownTime(record.headers(), record.timestamp());
    if (time > record.timestamp()) {
      meters.heldClocks.increment();
    }
    return new Origin(
        new Source(place.topic(), place.partition(), place.offset()), record.key(), time);
  }
}
