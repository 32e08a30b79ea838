package io.kelbo.record;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One record as typed fields; a missing field is absent, never zero. Immutable.
 *
 * <p>Numbers hold quantities, counts and flags (0 or 1), NaN where missing; texts hold categories.
 */
public final class Observation {
  /** A longer category is cut here: states and snapshots that hold them must stay bounded. */
  public static final int LONGEST_TEXT = 256;

  private final Fields fields;
  private final double[] numbers;
  private final @Nullable String[] texts;
  private final int present;

  /**
   * Copies its arguments. Infinite numbers become missing, long texts are cut.
   *
   * @param numbers (fields), NaN = missing; ignored at categories
   * @param texts (fields), null = missing; ignored elsewhere
   */
  public Observation(Fields fields, double[] numbers, @Nullable String[] texts) {
    if (numbers.length != fields.size() || texts.length != fields.size()) {
      throw new IllegalArgumentException(
          "an observation of %d fields was given %d numbers and %d texts"
              .formatted(fields.size(), numbers.length, texts.length));
    }
    this.fields = fields;
    this.numbers = numbers.clone();
    this.texts = texts.clone();
    int count = 0;
    for (int j = 0; j < numbers.length; j++) {
      if (fields.get(j).numeric()) {
        this.texts[j] = null;
        if (!Double.isFinite(numbers[j])) {
          this.numbers[j] = Double.NaN;
        } else {
          count++;
        }
      } else {
        this.numbers[j] = Double.NaN;
        String text = texts[j];
        if (text != null) {
          this.texts[j] = cut(text);
          count++;
        }
      }
    }
    this.present = count;
  }

  public Fields fields() {
    return fields;
  }

  /** The number at a place; NaN where missing or a category. */
  public double number(int place) {
    return numbers[place];
  }

  /** Copies the numbers of {@code count} places from {@code first} on to {@code out}. */
  public void numbers(int first, int count, double[] out, int at) {
    System.arraycopy(numbers, first, out, at, count);
  }

  /** The category at a place; null where missing or a number. */
  public @Nullable String text(int place) {
    return texts[place];
  }

  public boolean missing(int place) {
    return Double.isNaN(numbers[place]) && texts[place] == null;
  }

  /** How many fields have a value. */
  public int present() {
    return present;
  }

  /** The same without the values of targets. */
  public Observation withoutTargets() {
    boolean none = true;
    for (int j = 0; j < numbers.length; j++) {
      none &= !fields.get(j).target() || missing(j);
    }
    if (none) {
      return this;
    }
    return without(
        IntStream.range(0, fields.size())
            .filter(j -> fields.get(j).target())
            .boxed()
            .collect(Collectors.toSet()));
  }

  /** The same without the values at some places. */
  public Observation without(Set<Integer> places) {
    if (places.isEmpty()) {
      return this;
    }
    double[] kept = numbers.clone();
    @Nullable String[] words = texts.clone();
    for (int j : places) {
      kept[j] = Double.NaN;
      words[j] = null;
    }
    return new Observation(fields, kept, words);
  }

  /** The value as people see it, or null where missing. */
  public @Nullable Value value(int place) {
    String text = texts[place];
    if (text != null) {
      return new Value.Text(text);
    }
    double number = numbers[place];
    if (Double.isNaN(number)) {
      return null;
    }
    return fields.get(place).kind() == FieldKind.FLAG
        ? new Value.Flag(number != 0)
        : new Value.Number(number);
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1));
    return text.substring(0, splits ? LONGEST_TEXT - 1 : LONGEST_TEXT);
  }
}
