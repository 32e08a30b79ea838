package io.kelbo.impute;

/**
 * A table that cannot be filled; the message names the file, and line and column where there is
 * one.
 */
public final class UnusableTable extends Exception {
  private static final long serialVersionUID = 1;

  public UnusableTable(String message) {
    super(message);
  }
}
