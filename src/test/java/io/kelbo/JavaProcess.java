package io.kelbo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own, that can be killed and takes signals; the Java and the classes are ours. */
public final class JavaProcess {
  private JavaProcess() {}

  /**
   * Not started yet.
   *
   * @param options of the JVM
   * @param main whose {@code main} is run
   * @param words what it is given
   */
  public static ProcessBuilder of(List<String> options, Class<?> main, String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(words));
    return new ProcessBuilder(command);
  }
}
