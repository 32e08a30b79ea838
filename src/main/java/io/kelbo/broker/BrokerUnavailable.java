package io.kelbo.broker;

/** The broker could not start; the message says why and what to do. */
public final class BrokerUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  BrokerUnavailable(String message) {
    super(message);
  }

  BrokerUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
