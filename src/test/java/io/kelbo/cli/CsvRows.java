package io.kelbo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** A plain table of numbers, for tests: split at commas, no quotes. */
final class CsvRows {
  private CsvRows() {}

  /** All lines of a gzipped file, the header first. */
  static List<String[]> of(Path file) throws IOException {
    try (InputStream bytes = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(",", -1))
          .toList();
    }
  }

  /** Some of the lines, by their place; the header is 0. */
  static String text(List<String[]> rows, IntPredicate wanted) {
    return IntStream.range(0, rows.size())
        .filter(wanted)
        .mapToObj(r -> String.join(",", rows.get(r)))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
