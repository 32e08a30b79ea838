package io.kelbo.model;

/** A snapshot that is corrupt or was written by a newer Kelbo; the champion stays. */
public final class UnreadableSnapshot extends Exception {
  public UnreadableSnapshot(String message) {
    super(message);
  }
}
