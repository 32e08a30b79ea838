package io.kelbo.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The commands that the pages show. A fenced block without a language holds a command on each line;
 * three spaces or more after it begin what is said of it. Other text is a block of {@code text}.
 */
record PageCommands(String page, int line, String words) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```");

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(page("README.md"), page("CONTRIBUTING.md")));
    for (String folder : List.of("docs", "helm", "schemas")) {
      try (Stream<Path> files = Files.walk(page(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    }
    return pages;
  }

  private static Path page(String name) {
    return Command.HOME.resolve(name);
  }

  /** On lines of their own. */
  static List<PageCommands> shown() throws IOException {
    List<PageCommands> shown = new ArrayList<>();
    for (Path page : pages()) {
      String text = Files.readString(page);
      Matcher block = BLOCK.matcher(text);
      while (block.find()) {
        int line = lines(text, block.start());
        for (String words : block.group(1).isEmpty() ? block.group(2).split("\n") : new String[0]) {
          line++;
          String command = words.replaceFirst("( {3,}|\\s+#\\s).*", "").strip();
          if (!command.isEmpty() && !command.startsWith("#")) {
            shown.add(new PageCommands(name(page), line, command));
          }
        }
      }
    }
    return shown;
  }

  /** A program's, inside sentences and tables. */
  static List<PageCommands> mentioned(String program) throws IOException {
    Pattern span = Pattern.compile("`((?:bin/)?" + Pattern.quote(program) + " [^`\\n]+)`");
    List<PageCommands> mentioned = new ArrayList<>();
    for (Path page : pages()) {
      String text = Files.readString(page);
      Matcher found = span.matcher(text);
      while (found.find()) {
        mentioned.add(new PageCommands(name(page), lines(text, found.start()), found.group(1)));
      }
    }
    return mentioned;
  }

  private static String name(Path page) {
    return Command.HOME.relativize(page).toString();
  }

  private static int lines(String text, int end) {
    return (int) text.substring(0, end).lines().count() + 1;
  }

  /** Words as a shell would part them, without its other powers. */
  static List<String> parted(String words) {
    List<String> parted = new ArrayList<>();
    Matcher word = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)").matcher(words);
    while (word.find()) {
      parted.add(
          word.group(1) != null
              ? word.group(1)
              : word.group(2) != null ? word.group(2) : word.group(3));
    }
    return parted;
  }

  String where() {
    return "%s:%d `%s`".formatted(page, line, words);
  }
}
