package io.kelbo.context;

import java.util.Locale;

/** What people say of an alarm. In the order of the state's bytes: only ever add at the end. */
public enum Said {
  /** Nobody said anything yet. */
  NOTHING,
  /** It was none: its like is to be let pass. */
  FALSE_ALARM,
  /** It was one: its like is never let pass, nor learned from. */
  CONFIRMED,
  /** It was a change that is to be the new usual. */
  ACCEPT_NORMAL;

  /** The word on the topic, such as {@code false_alarm}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
