package io.kelbo.record;

import io.kelbo.record.UnreadableRecord.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From bytes to an {@link Incoming}, as the layout says. Immutable; learns and guesses nothing. */
public final class RecordReader {
  private static final int LONGEST_ENTITY = 256;
  private static final int KEPT_OF_LONG_ENTITY = 200;

  private final InputLayout layout;
  private final WireForm form;
  private final boolean severalTopics;

  /** Reads JSON. */
  public RecordReader(InputLayout layout, int maxBytes) {
    this(layout, WireForm.json(maxBytes));
  }

  public RecordReader(InputLayout layout, WireForm form) {
    this(layout, form, false);
  }

  /**
   * @param severalTopics whether the name of a partition needs its topic's to be told from others
   */
  public RecordReader(InputLayout layout, WireForm form, boolean severalTopics) {
    this.layout = layout;
    this.form = form;
    this.severalTopics = severalTopics;
  }

  /**
   * Reads one record. Where the key, the entity's field or the time's field is absent, the
   * partition is the entity and the record's own timestamp the time.
   *
   * @throws UnreadableRecord with the reason and a sentence naming field and value
   */
  public Incoming read(Source source, byte @Nullable [] key, byte[] value, Instant timestamp)
      throws UnreadableRecord {
    return incoming(source, key, content(value).leaves(), timestamp);
  }

  /**
   * Reads the bytes and types nothing yet.
   *
   * @throws UnreadableRecord with its reason
   */
  public WireForm.Content content(byte[] value) throws UnreadableRecord {
    return form.read(value);
  }

  /**
   * As {@link #read}, of bytes that were read already.
   *
   * @throws UnreadableRecord if a leaf is not what its field measures
   */
  public Incoming incoming(
      Source source, byte @Nullable [] key, Map<String, Object> leaves, Instant timestamp)
      throws UnreadableRecord {
    return new Incoming(
        entity(source, key, leaves), time(leaves, timestamp), source, observe(leaves));
  }

  /**
   * Types the leaves; text cells of a CSV file are read alike.
   *
   * @throws UnreadableRecord if a leaf is not what its field measures
   */
  public Observation observe(Map<String, Object> leaves) throws UnreadableRecord {
    Fields fields = layout.fields();
    double[] numbers = new double[fields.size()];
    @Nullable String[] texts = new @Nullable String[fields.size()];
    for (int j = 0; j < numbers.length; j++) {
      Field field = fields.get(j);
      Object leaf = leaves.get(field.name());
      numbers[j] = Double.NaN;
      if (leaf == null) {
        continue;
      }
      switch (field.kind()) {
        case QUANTITY, COUNT, TOTAL -> numbers[j] = number(field, leaf);
        case FLAG -> numbers[j] = flag(field, leaf);
        case CATEGORY -> texts[j] = category(leaf);
      }
    }
    return new Observation(fields, numbers, texts);
  }

  /**
   * What the record is about. A name of more than 256 characters is cut at 200 and goes on with its
   * hash: it is a key of topics and states, which must stay small, and its entity stays its own.
   */
  public String entity(Source source, byte @Nullable [] key, Map<String, Object> leaves) {
    if (layout.entity() instanceof EntityRule.Key && key != null && key.length > 0) {
      return bounded(keyText(key));
    }
    if (layout.entity() instanceof EntityRule.Path path) {
      Object leaf = leaves.get(path.path());
      String text = leaf == null ? null : category(leaf);
      if (text != null) {
        return bounded(text);
      }
    }
    return severalTopics
        ? bounded(source.topic() + "/partition-" + source.partition())
        : "partition-" + source.partition();
  }

  /**
   * The record's time: its field if the layout names one and it is there, else its timestamp.
   *
   * @throws UnreadableRecord if the field is there and is no time
   */
  public Instant time(Map<String, Object> leaves, Instant timestamp) throws UnreadableRecord {
    String path = layout.timePath();
    Object leaf = path == null ? null : leaves.get(path);
    if (leaf == null || (leaf instanceof String text && NumberText.missingNumber(text))) {
      return timestamp;
    }
    Instant time = TimeText.parse(leaf);
    if (time == null) {
      throw new UnreadableRecord(
          Reason.WRONG_TYPE,
          ("field '%s' is '%s' but must be a time: ISO-8601, 'yyyy-MM-dd HH:mm:ss' in UTC, or epoch"
                  + " seconds, milliseconds or microseconds")
              .formatted(path, shown(leaf)));
    }
    return time;
  }

  /** A key as text: UTF-8 where it is printable, hexadecimal ({@code 0x…}) otherwise. */
  public static String keyText(byte[] key) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
      if (text.chars().noneMatch(Character::isISOControl)) {
        return text;
      }
    } catch (CharacterCodingException notText) {
      return hexadecimal(key);
    }
    return hexadecimal(key);
  }

  private static String bounded(String name) {
    if (name.length() <= LONGEST_ENTITY) {
      return name;
    }
    boolean splits = Character.isHighSurrogate(name.charAt(KEPT_OF_LONG_ENTITY - 1));
    String kept = name.substring(0, splits ? KEPT_OF_LONG_ENTITY - 1 : KEPT_OF_LONG_ENTITY);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return kept + "…" + HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException notJava) {
      throw new IllegalStateException("every Java has SHA-256", notJava);
    }
  }

  private static String hexadecimal(byte[] key) {
    return "0x" + HexFormat.of().formatHex(key);
  }

  private static double number(Field field, Object leaf) throws UnreadableRecord {
    if (leaf instanceof Number number) {
      return number.doubleValue();
    }
    if (leaf instanceof String text) {
      double number = NumberText.parse(text);
      if (!Double.isNaN(number) || NumberText.missingNumber(text)) {
        return number;
      }
    }
    throw wrong(field, leaf, "a number");
  }

  private static double flag(Field field, Object leaf) throws UnreadableRecord {
    if (leaf instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    double number = Double.NaN;
    if (leaf instanceof Number given) {
      number = given.doubleValue();
    } else if (leaf instanceof String text) {
      String word = text.strip().toLowerCase(Locale.ROOT);
      if (word.equals("true") || word.equals("false")) {
        return word.equals("true") ? 1 : 0;
      }
      if (NumberText.missingNumber(text)) {
        return Double.NaN;
      }
      number = NumberText.parse(text);
    }
    if (number == 0 || number == 1 || Double.isInfinite(number)) {
      return number;
    }
    throw wrong(field, leaf, "true, false, 0 or 1 (declare it as a quantity if it measures)");
  }

  private static @Nullable String category(Object leaf) {
    if (leaf instanceof String text) {
      return NumberText.missing(text) ? null : text;
    }
    return leaf instanceof Number number
        ? NumberText.name(number.doubleValue())
        : String.valueOf(leaf);
  }

  private static UnreadableRecord wrong(Field field, Object leaf, String allowed) {
    return new UnreadableRecord(
        Reason.WRONG_TYPE,
        "field '%s' is '%s' but must be %s, since it is a %s"
            .formatted(field.name(), shown(leaf), allowed, field.kind().word()));
  }

  private static String shown(Object leaf) {
    String text = leaf instanceof Number number ? NumberText.name(number.doubleValue()) : "" + leaf;
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
