package io.kelbo.service;

import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How much state one application still has to restore from Kafka, over all its stores. */
final class RestoreProgress implements StateRestoreListener {
  private final Map<TopicPartition, Long> remaining = new ConcurrentHashMap<>();
  private final Counter restored;

  /**
   * @param restored counts the records that were restored
   */
  RestoreProgress(Counter restored) {
    this.restored = restored;
  }

  /** Records still to be restored. */
  long records() {
    return remaining.values().stream().mapToLong(left -> left).sum();
  }

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long start, long end) {
    remaining.put(changelog, Math.max(0, end - start));
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long end, long count) {
    remaining.computeIfPresent(changelog, (place, left) -> Math.max(0, left - count));
    restored.increment(count);
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long total) {
    remaining.remove(changelog);
  }

  @Override
  public void onRestoreSuspended(TopicPartition changelog, String store, long total) {
    remaining.remove(changelog);
  }
}
