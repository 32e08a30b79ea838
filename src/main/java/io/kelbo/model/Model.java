package io.kelbo.model;

import io.kelbo.record.InputLayout;

/** What was learned; immutable, shared by all threads. */
public final class Model {
  public ModelId id() {
    throw new UnsupportedOperationException();
  }

  public InputLayout layout() {
    throw new UnsupportedOperationException();
  }

  public Provenance provenance() {
    throw new UnsupportedOperationException();
  }

  /** The p-value below which a record is an anomaly. */
  public double thresholdP() {
    throw new UnsupportedOperationException();
  }
}
