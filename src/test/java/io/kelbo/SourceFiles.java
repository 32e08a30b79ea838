package io.kelbo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the source files themselves must keep: their length, and a sentence for each package. */
final class SourceFiles {
  static final int LONGEST = 250;

  private static final Pattern SENTENCE =
      Pattern.compile("/\\*\\*\\s*([^@]*?)\\s*\\*/\\s*@NullMarked\\s+package ", Pattern.DOTALL);

  private SourceFiles() {}

  /** Files under a folder that are longer than {@link #LONGEST} lines, with their length. */
  static List<String> tooLong(Path folder) {
    return java(folder).stream()
        .filter(file -> lines(file).size() > LONGEST)
        .map(file -> "%s has %d lines".formatted(folder.relativize(file), lines(file).size()))
        .toList();
  }

  /** Packages under a folder without a {@code package-info.java} of one sentence. */
  static List<String> unexplained(Path folder) {
    TreeSet<Path> packages = new TreeSet<>();
    java(folder).forEach(file -> packages.add(file.getParent()));
    return packages.stream()
        .filter(folderOfPackage -> !explained(folderOfPackage.resolve("package-info.java")))
        .map(folderOfPackage -> folder.relativize(folderOfPackage).toString())
        .toList();
  }

  private static boolean explained(Path packageInfo) {
    if (!Files.exists(packageInfo)) {
      return false;
    }
    Matcher matcher = SENTENCE.matcher(String.join("\n", lines(packageInfo)));
    if (!matcher.find()) {
      return false;
    }
    String text = matcher.group(1).replaceAll("\\s*\\n\\s*\\*\\s*", " ").strip();
    return text.endsWith(".") && !text.matches(".*\\.\\s+\\p{Lu}.*");
  }

  private static List<Path> java(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
