package io.kelbo.table;

/**
 * A table that cannot be used; the message names the file, and line and column where there is one.
 */
public final class BadTable extends Exception {
  private static final long serialVersionUID = 1;

  public BadTable(String message) {
    super(message);
  }
}
