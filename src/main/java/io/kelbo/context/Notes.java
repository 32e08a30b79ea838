package io.kelbo.context;

/**
 * What is noted of an entity beside its records: how often it sends, which alarms it had and what
 * people said of them. Mutable, one thread's, for the time of one record.
 */
public final class Notes {
  private Beat beat = Beat.UNHEARD;
  private Marks marks = new Marks();
  private Pardon pardon = Pardon.NONE;
  private Shift shift = Shift.NONE;

  /** A record came, at a time of its partition's clock in ms. */
  public void heard(long clock) {
    beat = beat.heard(clock);
  }

  public Beat beat() {
    return beat;
  }

  public void beat(Beat fresh) {
    beat = fresh;
  }

  /** The alarms that it remembers. */
  public Marks marks() {
    return marks;
  }

  void marks(Marks known) {
    marks = known;
  }

  /** What of its strangeness is let pass at present. */
  public Pardon pardon() {
    return pardon;
  }

  public void pardon(Pardon fresh) {
    pardon = fresh;
  }

  /** The levels that are to be the usual ones. */
  public Shift shift() {
    return shift;
  }

  public void shift(Shift fresh) {
    shift = fresh;
  }
}
