package io.kelbo.context;

import io.kelbo.record.Fields;
import io.kelbo.record.Incoming;
import io.kelbo.record.Run;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one entity between its records: the ring of recent raw observations, the open
 * episode. Mutable, used by one thread for the time of one record: read, judged, written back.
 */
public final class EntityState {
  /** How many recent records the ring holds. */
  public static final int CAPACITY = 32;

  private EntityState() {}

  /** Reads {@link #write}'s bytes; null, or bytes of other fields, begin a new state. */
  public static EntityState read(String entity, Fields fields, byte @Nullable [] bytes) {
    throw new UnsupportedOperationException();
  }

  /** The state as bytes; the first is the format's version. */
  public byte[] write() {
    throw new UnsupportedOperationException();
  }

  /** How many records of this entity were ever accepted. */
  public long seen() {
    throw new UnsupportedOperationException();
  }

  /** Takes a record into the ring, after it was judged. */
  public void accept(Incoming incoming, boolean flagged) {
    throw new UnsupportedOperationException();
  }

  /** The newest records, at most {@code count} and at most {@link #CAPACITY}, oldest first. */
  public Run recent(int count) {
    throw new UnsupportedOperationException();
  }
}
