package io.kelbo.observe;

import java.util.List;
import java.util.Locale;

/** The tags that meters may have. Each is a closed set or bounded; never a record's key. */
public enum Label {
  SEGMENT("the model's segment; `default` where there is one model"),
  KIND("", "normal", "anomaly", "warming_up", "suppressed", "late", "unscorable", "silent"),
  REASON(
      "`unexpected` is an error of Kelbo's own",
      "not_json",
      "not_avro",
      "unknown_schema",
      "not_an_object",
      "wrong_type",
      "too_large",
      "too_deep",
      "unexpected"),
  OUTCOME("", "promoted", "rejected", "failed"),
  FIELD("a field of the layout"),
  RULE(
      "what held the alarm back: the kind of the rule, not its id, which people make up and which the verdict's `reason` names",
      "maintenance",
      "direction",
      "minimum_deviation",
      "feedback"),
  SAID("what people answered", "false_alarm", "confirmed", "accept_normal"),
  LATENT("the latent's place, from 1"),
  ROLE("", "score", "train"),
  ROLES("what the instance is there for", "both", "score", "train"),
  STATE(
      "",
      "created",
      "starting",
      "partitions_revoked",
      "partitions_assigned",
      "running",
      "pending_shutdown",
      "dead");

  /** More values than this of an open tag are counted together, as {@link #OTHER}. */
  public static final int MOST = 100;

  /** What values beyond {@link #MOST} are called. */
  public static final String OTHER = "(other)";

  private final String sentence;
  private final List<String> words;

  Label(String sentence, String... words) {
    this.sentence = sentence;
    this.words = List.of(words);
  }

  /** The tag's name. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All values that it may have; empty where they are not known before. */
  public List<String> words() {
    return words;
  }

  String sentence() {
    return sentence;
  }
}
