package io.kelbo.topology;

import io.kelbo.observe.Meters;
import io.kelbo.record.Source;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An error of ours on one record: the record goes to the dead letters, the stream goes on. What
 * Kafka throws (a send that failed, a full disk, a task that moved) is not the record's fault: the
 * transaction is given up and done again, so that no fault of a machine makes dead letters.
 */
public final class UnexpectedHandler implements ProcessingExceptionHandler {
  /** Configuration key: the name of the dead-letter topic. */
  public static final String TOPIC = "kelbo.dead.letters.topic";

  /** Configuration key: the {@link Meters} to count in. */
  public static final String METERS = "kelbo.meters";

  private static final Logger LOG = LoggerFactory.getLogger(UnexpectedHandler.class);
  private static final String REASON = "unexpected";

  /** How the names of the topics end that Kafka Streams makes for {@link RegroupProcessor}. */
  private static final String REGROUPED = "-repartition";

  private @Nullable String topic;
  private @Nullable Meters meters;

  @Override
  public void configure(Map<String, ?> config) {
    topic = (String) config.get(TOPIC);
    meters = (Meters) config.get(METERS);
  }

  @Override
  public Response handleError(ErrorHandlerContext at, Record<?, ?> record, Exception error) {
    boolean fault = error instanceof KafkaException;
    boolean punctuation = at.topic() == null || at.offset() < 0;
    LOG.atError()
        .addKeyValue("node", at.processorNodeId())
        .addKeyValue("topic", at.topic())
        .addKeyValue("partition", at.partition())
        .addKeyValue("offset", at.offset())
        .addKeyValue("error", error.toString())
        .log(
            fault
                ? "Kafka failed; what was begun is done again"
                : punctuation
                    ? "work between records failed; it is tried again"
                    : "a record could not be processed; it goes to the dead letters");
    LOG.debug("the error in full", error);
    if (fault) {
      return Response.fail();
    }
    if (punctuation) {
      return Response.resume();
    }
    if (meters != null) {
      meters.deadLetter(REASON);
    }
    Origin origin = at.topic().endsWith(REGROUPED) ? Origin.read(at.headers()) : null;
    DeadLetter letter =
        new DeadLetter(
            origin == null ? new Source(at.topic(), at.partition(), at.offset()) : origin.source(),
            origin == null
                ? GuardedTimestamps.ownTime(at.headers(), at.timestamp())
                : origin.time(),
            origin == null ? at.sourceRawKey() : origin.key(),
            at.sourceRawValue(),
            REASON,
            error.toString());
    return Response.resume(
        List.of(
            new ProducerRecord<>(
                Objects.requireNonNull(topic, "set " + TOPIC),
                null,
                Math.max(0, at.timestamp()),
                letter.keptKey(),
                letter.keptValue(),
                letter.headers(at.headers()))));
  }
}
