package io.kelbo.context;

/**
 * A run of strange records that is let pass, since it began like a false alarm. Immutable.
 *
 * @param mark the id of that alarm; empty where nothing is let pass
 * @param quiet how many records in a row were usual since
 */
public record Pardon(String mark, int quiet) {
  public static final Pardon NONE = new Pardon("", 0);

  public boolean given() {
    return !mark.isEmpty();
  }
}
