package io.kelbo.topology;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record of the dead-letter topic as it is read back: a letter, or the receipt of one that was
 * moved back. A receipt lies on its letter's partition, behind it, so that retention never deletes
 * it first.
 *
 * @param record as it lies in the topic
 */
public record Letter(ConsumerRecord<byte[], byte[]> record) {
  private static final String RECEIPT = "kelbo.replayed";
  private static final List<String> OURS =
      List.of(
          "kelbo.reason",
          "kelbo.message",
          "kelbo.topic",
          "kelbo.partition",
          "kelbo.offset",
          "kelbo.time",
          RECEIPT);

  /** The offset of the letter, on the same partition, of which this is the receipt; or null. */
  public @Nullable Long receiptOf() {
    String offset = text(RECEIPT);
    return offset.isEmpty() ? null : number(offset);
  }

  /** {@code unknown} where another wrote it. */
  public String reason() {
    String reason = text("kelbo.reason");
    return reason.isEmpty() ? "unknown" : reason;
  }

  public String message() {
    return text("kelbo.message");
  }

  /** Where it was read: topic/partition/offset. */
  public String source() {
    return text("kelbo.topic") + "/" + text("kelbo.partition") + "/" + text("kelbo.offset");
  }

  /** When it was set aside. */
  public Instant written() {
    return Instant.ofEpochMilli(record.timestamp());
  }

  /**
   * Why it cannot be moved back to the input; null where it can.
   *
   * @param partitions how many each topic of the input has
   */
  public @Nullable String obstacle(Map<String, Integer> partitions) {
    Integer there = partitions.get(text("kelbo.topic"));
    if (there == null) {
      return "of another topic";
    }
    for (String cut : List.of(DeadLetter.CUT, "kelbo.cut_key", "kelbo.cut_headers")) {
      if (record.headers().lastHeader(cut) != null) {
        return "cut";
      }
    }
    Long partition = number(text("kelbo.partition"));
    return partition == null || partition < 0 || partition >= there
        ? "of a partition that is not there"
        : null;
  }

  /** As it came into the input: key, value, time, partition and headers. */
  public ProducerRecord<byte[], byte[]> restored() {
    Headers headers = new RecordHeaders(record.headers());
    OURS.forEach(headers::remove);
    Long partition = number(text("kelbo.partition"));
    return new ProducerRecord<>(
        text("kelbo.topic"),
        partition == null ? null : partition.intValue(),
        time(),
        record.key(),
        record.value(),
        headers);
  }

  /** To be written in the same transaction as {@link #restored}. */
  public ProducerRecord<byte[], byte[]> receipt() {
    Headers headers = new RecordHeaders();
    Map.of(
            RECEIPT,
            Long.toString(record.offset()),
            "kelbo.reason",
            "replayed",
            "kelbo.message",
            "offset %d was moved back".formatted(record.offset()),
            "kelbo.topic",
            text("kelbo.topic"),
            "kelbo.partition",
            text("kelbo.partition"),
            "kelbo.offset",
            text("kelbo.offset"))
        .forEach((name, text) -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
    return new ProducerRecord<>(
        record.topic(), record.partition(), null, record.key(), null, headers);
  }

  private @Nullable Long time() {
    try {
      return Math.max(0, Instant.parse(text("kelbo.time")).toEpochMilli());
    } catch (DateTimeException | ArithmeticException notOurs) {
      return null; // then the broker's time
    }
  }

  private String text(String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static @Nullable Long number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException notOurs) {
      return null;
    }
  }
}
