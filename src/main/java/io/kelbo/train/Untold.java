package io.kelbo.train;

/**
 * A target that a sample does not teach to tell; the message completes "target 'x' is not told".
 */
final class Untold extends Exception {
  private static final long serialVersionUID = 1;

  Untold(String why) {
    super(why);
  }
}
