package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands that the pages name in passing, with their options: they must be there. */
class MentionedCommandsTest {
  static Stream<String> mentioned() throws IOException {
    return PageCommands.mentioned("kelbo").stream()
        .map(PageCommands::words)
        .distinct()
        .flatMap(words -> alternatives(words).stream())
        .distinct();
  }

  /** Of {@code model list | show}: {@code model list} and {@code model show}. */
  private static List<String> alternatives(String words) {
    String[] parts = words.replace("\\|", "|").replaceAll("[\\[\\]…]", "").split(" \\| ");
    String before = parts[0].substring(0, parts[0].lastIndexOf(' ') + 1);
    List<String> whole = new ArrayList<>(List.of(parts[0]));
    for (int i = 1; i < parts.length; i++) {
      whole.add(before + parts[i]);
    }
    return whole;
  }

  @ParameterizedTest
  @MethodSource("mentioned")
  void shouldHaveEachCommandAndOptionThatIsNamed(String words) {
    List<String> arguments =
        new ArrayList<>(PageCommands.parted(words.replaceAll("\\b(N|VERSION)\\b", "1")));
    arguments.set(0, "--help");

    // Help is given only where all words before and after it are understood.
    Shell shell = Shell.run(arguments.toArray(String[]::new));

    assertThat(shell.code()).as(shell.err()).isZero();
    assertThat(shell.out()).contains("Usage: kelbo");
  }

  @Test
  void shouldNameTheBenchesThatThereAre() throws Exception {
    Set<String> there =
        found(
            "case \"([a-z]+)\" ->",
            Files.readString(Command.HOME.resolve("src/bench/java/io/kelbo/bench/Bench.java")));
    there.add("fuzz");

    String page = Files.readString(Command.HOME.resolve("CONTRIBUTING.md"));

    assertThat(found("bin/bench ([a-z]+)", page)).isEqualTo(there);
  }

  private static Set<String> found(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
