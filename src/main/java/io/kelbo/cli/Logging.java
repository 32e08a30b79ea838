package io.kelbo.cli;

import java.util.Arrays;
import java.util.List;

/**
 * How much each command logs; {@code logback.xml} reads these properties. Must run before the first
 * logger exists. Commands that answer a question log nothing: their answer is the output.
 */
final class Logging {
  private static final String OURS = "kelbo.log";
  private static final String THEIRS = "kelbo.log.kafka";
  private static final String GRAVE = "kelbo.log.grave";

  private Logging() {}

  static void choose(String[] arguments) {
    List<String> given = Arrays.asList(arguments);
    if (given.contains("--debug")) {
      set("DEBUG", "INFO", "INFO");
    } else if (given.contains("run")) {
      set("INFO", "WARN", "ERROR");
    } else {
      set("OFF", "OFF", "OFF");
    }
  }

  private static void set(String ours, String theirs, String grave) {
    setIfAbsent(OURS, ours);
    setIfAbsent(THEIRS, theirs);
    setIfAbsent(GRAVE, grave);
  }

  private static void setIfAbsent(String property, String level) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, level);
    }
  }
}
