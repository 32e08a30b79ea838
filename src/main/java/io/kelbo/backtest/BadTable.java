package io.kelbo.backtest;

/**
 * A file that cannot be used; the message names the file, and line and column where there is one.
 */
public final class BadTable extends Exception {
  public BadTable(String message) {
    super(message);
  }
}
