package io.kelbo.cli;

/** A command cannot go on; the message is for the user, the code for the shell. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;

  CommandFailure(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }
}
