package io.kelbo.observe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Prometheus's own programs, where they are installed; else the test is skipped and says so. */
public final class Promtool {
  /** What it ended with, and all that it said. */
  public record Said(int code, String text) {}

  private Promtool() {}

  /** The path of {@code promtool} or {@code prometheus}. */
  public static String program(String name) {
    String path =
        Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator, -1))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst()
            .orElse("");
    Assumptions.assumeFalse(
        path.isEmpty(), name + " is not installed (Debian's package is 'prometheus')");
    return path;
  }

  /** Runs promtool with these arguments in a folder, the input on its standard input. */
  public static Said run(Path folder, String input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program("promtool")));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    try (InputStream said = process.getInputStream()) {
      String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
      return new Said(process.waitFor(), text);
    }
  }
}
