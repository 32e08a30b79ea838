package io.kelbo.topology;

import io.kelbo.record.JsonRecords;
import io.kelbo.record.UnreadableRecord;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of training; the value on {@code control}.
 *
 * @param by who; null if they did not say
 * @param reason why; null if they did not say
 */
public record Control(
    String segment, Action action, Instant at, @Nullable String by, @Nullable String reason) {
  private static final int MOST_BYTES = 100_000;

  /** Closed: part of the contract. */
  public enum Action {
    /** Train now, and judge the challenger as always. */
    TRAIN,
    /** Go on training and judging, but promote nothing. */
    FREEZE,
    /** Promote winners again. */
    UNFREEZE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One sentence for {@code lifecycle}: who wants it, and why. */
  String story() {
    return "asked for by %s%s"
        .formatted(Objects.requireNonNullElse(by, "somebody"), reason == null ? "" : ": " + reason);
  }

  public byte[] write() {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("segment", segment);
          json.writeStringField("action", action.word());
          json.writeStringField("at", at.toString());
          if (by != null) {
            json.writeStringField("by", by);
          }
          if (reason != null) {
            json.writeStringField("reason", reason);
          }
          json.writeEndObject();
        });
  }

  /**
   * @throws IOException saying what is wrong, if it is not what {@link #write} gives
   */
  static Control read(byte[] bytes) throws IOException {
    try {
      Map<String, Object> leaves = JsonRecords.flatten(bytes, MOST_BYTES);
      return new Control(
          text(leaves, "segment"),
          action(text(leaves, "action")),
          Instant.parse(text(leaves, "at")),
          leaves.containsKey("by") ? text(leaves, "by") : null,
          leaves.containsKey("reason") ? text(leaves, "reason") : null);
    } catch (UnreadableRecord | DateTimeException wrong) {
      throw new IOException(wrong.getMessage(), wrong);
    }
  }

  private static String text(Map<String, Object> leaves, String name) throws IOException {
    if (leaves.get(name) instanceof String text) {
      return text;
    }
    throw new IOException(
        "'%s' is '%s' but must be a text".formatted(name, String.valueOf(leaves.get(name))));
  }

  private static Action action(String word) throws IOException {
    for (Action action : Action.values()) {
      if (action.word().equals(word)) {
        return action;
      }
    }
    throw new IOException(
        "'action' is '%s' but must be one of %s"
            .formatted(
                word,
                Arrays.stream(Action.values())
                    .map(action -> "'" + action.name().toLowerCase(Locale.ROOT) + "'")
                    .collect(Collectors.joining(", "))));
  }
}
