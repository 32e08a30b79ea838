package io.kelbo.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the rows show of one path: its values by type, and in which group they came. */
final class FieldEvidence {
  final String path;
  final List<String> texts = new ArrayList<>();
  private final List<Double> numbers = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();
  private int booleans;

  FieldEvidence(String path) {
    this.path = path;
  }

  /**
   * Takes a value into account.
   *
   * @param group what the record is about, as far as is known: sequences are looked for in it
   */
  void add(Object leaf, String group) {
    if (leaf instanceof Boolean flag) {
      booleans++;
      texts.add(flag.toString());
    } else if (leaf instanceof Number number) {
      if (Double.isFinite(number.doubleValue())) {
        number(number.doubleValue(), NumberText.name(number.doubleValue()), group);
      }
    } else if (leaf instanceof String text && !NumberText.missingNumber(text)) {
      double number = NumberText.parse(text);
      if (Double.isFinite(number)) {
        number(number, text, group);
      } else {
        String word = text.strip().toLowerCase(Locale.ROOT);
        booleans += word.equals("true") || word.equals("false") ? 1 : 0;
        texts.add(text);
      }
    }
  }

  private void number(double number, String text, String group) {
    numbers.add(number);
    groups.add(group);
    texts.add(text);
  }

  /** How many rows have a value. */
  int present() {
    return texts.size();
  }

  /** Numbers but for a few: one bad record among the first must not make a category of a sensor. */
  boolean numeric() {
    return !numbers.isEmpty() && numbers.size() >= 0.9 * present();
  }

  /**
   * True and false, or 0 and 1 both seen, however written ({@code 0.0}); a column that is always 0
   * says nothing of its kind.
   */
  boolean flag() {
    if (booleans > 0) {
      return booleans >= 0.9 * present()
          || (booleans + numbers.size() == present() && numbers.stream().allMatch(this::bit));
    }
    return numeric() && distinct() == 2 && numbers.stream().allMatch(this::bit);
  }

  private boolean bit(double number) {
    return number == 0 || number == 1;
  }

  boolean whole() {
    return numbers.stream().allMatch(x -> x == Math.rint(x) && Math.abs(x) < 9e15);
  }

  int distinct() {
    return numeric() ? new HashSet<>(numbers).size() : new HashSet<>(texts).size();
  }

  double min() {
    return numbers.stream().mapToDouble(x -> x).min().orElse(Double.NaN);
  }

  double max() {
    return numbers.stream().mapToDouble(x -> x).max().orElse(Double.NaN);
  }

  double mean() {
    return numbers.stream().mapToDouble(x -> x).average().orElse(Double.NaN);
  }

  double variance() {
    double mean = mean();
    return numbers.stream().mapToDouble(x -> (x - mean) * (x - mean)).average().orElse(Double.NaN);
  }

  /** From one number to the next, whatever they are about. */
  Steps steps() {
    return Steps.of(numbers, Collections.nCopies(numbers.size(), ""));
  }

  /** From one number to the next of the same entity; of all where hardly one has two. */
  Steps own() {
    return grouped() ? Steps.of(numbers, groups) : steps();
  }

  /** From one number to the next where that is of another entity. */
  Steps stepsBetweenGroups() {
    return Steps.between(numbers, groups);
  }

  /** Whether the numbers are of several entities, two or more of each on average. */
  boolean grouped() {
    int count = new HashSet<>(groups).size();
    return count > 1 && count * 2 <= groups.size();
  }

  /**
   * Whether values lie as if drawn evenly from a huge range, as random identifiers do and
   * measurements do not: Kolmogorov's distance from the uniform distribution is below 0.1.
   */
  boolean scattered() {
    double[] sorted = numbers.stream().mapToDouble(x -> x).sorted().toArray();
    double low = sorted[0];
    double range = sorted[sorted.length - 1] - low;
    if (sorted.length < 50 || range < 1000.0 * sorted.length) {
      return false;
    }
    double distance = 0;
    for (int i = 0; i < sorted.length; i++) {
      double share = (sorted[i] - low) / range;
      distance = Math.max(distance, Math.abs(share - (i + 0.5) / sorted.length));
    }
    return distance < 0.1;
  }

  /**
   * Whether the last word of the path is one that names things: {@code pump_id}, {@code orderId}.
   */
  boolean namedLikeIdentifier() {
    return Set.of("id", "uuid", "guid", "serial", "seq", "sequence").contains(lastWord());
  }

  /** Whether it is named as OpenMetrics names counters: {@code http_requests_total}. */
  boolean namedLikeTotal() {
    return lastWord().equals("total");
  }

  private String lastWord() {
    String last = path.substring(path.lastIndexOf('.') + 1);
    String[] words =
        last.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT).split("[^a-z]+");
    return words.length == 0 ? "" : words[words.length - 1];
  }

  boolean namedLikeTime() {
    String last = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Arrays.stream(new String[] {"time", "date", "epoch"}).anyMatch(last::contains)
        || last.equals("ts")
        || last.endsWith("_ts")
        || last.endsWith("_at");
  }

  /** The share of texts for which something holds. */
  double share(java.util.function.Predicate<String> holds) {
    return (double) texts.stream().filter(holds).count() / texts.size();
  }
}
