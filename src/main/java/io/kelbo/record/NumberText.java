package io.kelbo.record;

import java.util.Locale;
import java.util.Set;

/** How numbers, and the lack of them, are written as text in CSV cells and loose JSON. */
public final class NumberText {
  private static final Set<String> MISSING = Set.of("", "nan", "null");
  private static final Set<String> MISSING_NUMBER =
      Set.of("na", "n/a", "none", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");

  private NumberText() {}

  /** Whether the text stands for no value, whatever the field's kind. */
  public static boolean missing(String text) {
    return text.length() <= 8 && MISSING.contains(text.strip().toLowerCase(Locale.ROOT));
  }

  /** Whether the text stands for no value in a field of numbers; so do infinities. */
  public static boolean missingNumber(String text) {
    return missing(text)
        || (text.length() <= 12 && MISSING_NUMBER.contains(text.strip().toLowerCase(Locale.ROOT)));
  }

  /**
   * The number, or NaN if the text is none. Decimal point only; {@code 0x10}, {@code 1d} are text.
   */
  public static double parse(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.length() > 400) {
      return Double.NaN;
    }
    for (int i = 0; i < stripped.length(); i++) {
      char c = stripped.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return Double.NaN;
      }
    }
    try {
      return Double.parseDouble(stripped);
    } catch (NumberFormatException notANumber) {
      return Double.NaN;
    }
  }

  /** A number as a category's name: {@code 3}, not {@code 3.0}. */
  static String name(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
