package io.kelbo.service;

import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong with a configuration, at once. Contains no secret. */
public final class SettingsProblems extends Exception {
  private final transient List<Problem> problems;

  /**
   * One thing that is wrong.
   *
   * @param line in the file, from 1; 0 where it has no place, such as a missing key
   * @param text the key, its value in quotes, what is allowed, the next step
   */
  public record Problem(int line, String text) {
    @Override
    public String toString() {
      return line > 0 ? "line %d: %s".formatted(line, text) : text;
    }
  }

  /**
   * @param origin the file, or what else was read
   */
  public SettingsProblems(String origin, List<Problem> problems) {
    super(
        problems.stream()
            .map(problem -> "\n  - " + problem)
            .collect(
                Collectors.joining(
                    "",
                    "the configuration %s has %s:"
                        .formatted(
                            origin,
                            problems.size() == 1 ? "a problem" : problems.size() + " problems"),
                    "")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
