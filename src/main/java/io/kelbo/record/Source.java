package io.kelbo.record;

/** Where a record stands: topic (or file), partition, offset (or row). */
public record Source(String topic, int partition, long offset) {
  /** The verdict's id: {@code topic/partition/offset}. */
  public String id() {
    return topic + "/" + partition + "/" + offset;
  }
}
