package io.kelbo.service;

/** No broker answers. */
public final class Unreachable extends ServiceFailure {
  public Unreachable(String message, Throwable cause) {
    super(message, cause);
  }
}
