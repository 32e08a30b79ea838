package io.kelbo.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** By how much the numbers of a path change from one to the next. */
final class Steps {
  private static final int FEWEST = 20;
  private static final double FALLS = 0.005;
  private static final double EVEN = 0.98; // of steps like the middle one, as where numbers rise
  private static final double ALIKE = 0.01; // of the middle one: rounded steps are even, too

  private final double[] steps;

  private Steps(Collection<Double> steps) {
    this.steps = steps.stream().mapToDouble(step -> step).toArray();
  }

  /**
   * @param groups of each number: only numbers of one group follow each other
   */
  static Steps of(List<Double> numbers, List<String> groups) {
    Map<String, Double> last = new HashMap<>();
    List<Double> steps = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      Double before = last.put(groups.get(i), numbers.get(i));
      if (before != null) {
        steps.add(numbers.get(i) - before);
      }
    }
    return new Steps(steps);
  }

  /** Only from one group to another. */
  static Steps between(List<Double> numbers, List<String> groups) {
    List<Double> steps = new ArrayList<>();
    for (int i = 1; i < numbers.size(); i++) {
      if (!groups.get(i).equals(groups.get(i - 1))) {
        steps.add(numbers.get(i) - numbers.get(i - 1));
      }
    }
    return new Steps(steps);
  }

  /** The share that rises; 0 where there are too few steps to say so. */
  double rising() {
    return steps.length < FEWEST
        ? 0
        : (double) Arrays.stream(steps).filter(step -> step > 0).count() / steps.length;
  }

  /** Whether at most one in 200 of the steps that are not 0 falls: more often it is a cycle. */
  boolean hardlyFalls() {
    long falls = Arrays.stream(steps).filter(step -> step < 0).count();
    long moves = Arrays.stream(steps).filter(step -> step != 0).count();
    return steps.length >= FEWEST && falls <= Math.max(1, FALLS * moves);
  }

  /** Whether it hardly falls and rises often enough to say so. */
  boolean rise() {
    return hardlyFalls() && Arrays.stream(steps).filter(step -> step > 0).count() >= FEWEST;
  }

  /** The mean of those that do not fall; 0 where there are none. */
  double growth() {
    return Arrays.stream(steps).filter(step -> step >= 0).average().orElse(0);
  }

  /**
   * Whether nearly all are the same, as of a sequence number or of a clock that is asked evenly.
   */
  boolean even() {
    double middle = median();
    return Arrays.stream(steps).filter(step -> Math.abs(step - middle) <= ALIKE * middle).count()
        >= EVEN * steps.length;
  }

  /** The middle one of those that are not 0, without their signs; 1 where there are none. */
  double median() {
    double[] sizes =
        Arrays.stream(steps).map(Math::abs).filter(step -> step > 0).sorted().toArray();
    double middle = sizes.length == 0 ? 1 : sizes[sizes.length / 2];
    return Double.isFinite(middle) ? middle : 1;
  }
}
