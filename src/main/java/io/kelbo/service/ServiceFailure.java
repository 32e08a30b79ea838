package io.kelbo.service;

/**
 * The service cannot run. The message is for the user: what it was, what is allowed, the next step.
 */
public class ServiceFailure extends RuntimeException {
  public ServiceFailure(String message) {
    super(message);
  }

  public ServiceFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
