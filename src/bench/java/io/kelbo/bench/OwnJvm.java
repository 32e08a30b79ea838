package io.kelbo.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own with this one's Java and classes. */
final class OwnJvm {
  private OwnJvm() {}

  /**
   * Not started yet; what it says on standard error is passed on.
   *
   * @param heap as {@code -Xmx} takes it
   * @param command class and arguments
   */
  static ProcessBuilder of(String heap, List<String> command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "--add-modules",
                "jdk.incubator.vector",
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-cp",
                System.getProperty("java.class.path")));
    all.addAll(command);
    return new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /** Kelbo's service, whose log is thrown away. */
  static ProcessBuilder kelbo(String heap, Path config) {
    return of(heap, List.of("io.kelbo.cli.Kelbo", "run", "--config", config.toString()))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }
}
