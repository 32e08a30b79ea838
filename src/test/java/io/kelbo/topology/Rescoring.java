package io.kelbo.topology;

import io.kelbo.context.EntityState;
import io.kelbo.model.Judge;
import io.kelbo.model.Model;
import io.kelbo.model.UnreadableSnapshot;
import io.kelbo.record.Incoming;
import io.kelbo.record.RecordReader;
import io.kelbo.record.Source;
import io.kelbo.record.UnreadableRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Judges a stream once more from its beginning, each record by the version that its verdict named,
 * with states rebuilt from nothing. Knows no rules, no feedback and no silence.
 */
public final class Rescoring {
  private static final int MOST_BYTES = 1_000_000;

  private final Duration late;
  private final Map<Integer, Hand> hands = new HashMap<>();
  private final Map<String, byte[]> states = new HashMap<>();

  private record Hand(Judge judge, Model model, RecordReader reader) {}

  /**
   * @param late as in the settings of the service
   */
  public Rescoring(Duration late) {
    this.late = late;
  }

  /** A record of {@code models}: a snapshot is kept, anything else passed over. */
  public void publish(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null
        || !new String(record.key(), java.nio.charset.StandardCharsets.UTF_8).contains("/")) {
      return;
    }
    try {
      Model model = ModelSnapshot.read(record.value()).model();
      RecordReader reader = new RecordReader(model.layout(), MOST_BYTES);
      hands.put(model.id().version(), new Hand(new Judge(model, late), model, reader));
    } catch (IOException | UnreadableSnapshot unreadable) {
      throw new IllegalStateException("a published model cannot be read", unreadable);
    }
  }

  /** The verdict's bytes, from the next record of its entity. */
  public byte[] again(ConsumerRecord<byte[], byte[]> record, int version) {
    Hand hand = hands.get(version);
    if (hand == null) {
      throw new IllegalArgumentException("model %d was never published".formatted(version));
    }
    try {
      Incoming incoming =
          hand.reader()
              .read(
                  new Source(record.topic(), record.partition(), record.offset()),
                  record.key(),
                  record.value(),
                  Instant.ofEpochMilli(record.timestamp()));
      String entity = incoming.entity();
      EntityState state =
          EntityState.read(entity, hand.model().layout().fields(), states.get(entity));
      byte[] verdict = VerdictJson.write(hand.judge().judge(incoming, state).verdict());
      states.put(entity, state.write());
      return verdict;
    } catch (UnreadableRecord unreadable) {
      throw new IllegalArgumentException("this has no verdict by a model", unreadable);
    }
  }
}
