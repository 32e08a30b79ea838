package io.kelbo.format;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dotted paths as a tree of their steps. */
final class Paths {
  private final Map<String, Paths> below = new HashMap<>();

  static Paths of(Collection<String> dotted) {
    Paths root = new Paths();
    for (String path : dotted) {
      Paths at = root;
      for (String step : path.split("\\.", -1)) {
        at = at.below.computeIfAbsent(step, name -> new Paths());
      }
    }
    return root;
  }

  /** What is below a step, or null where nothing is. */
  @Nullable Paths below(String step) {
    return below.get(step);
  }

  /** What is below any step: an array's index, a map's key, which a schema does not know. */
  Paths items() {
    Paths items = new Paths();
    below.values().forEach(items::add);
    return items;
  }

  private void add(Paths other) {
    other.below.forEach(
        (step, paths) -> below.computeIfAbsent(step, name -> new Paths()).add(paths));
  }
}
