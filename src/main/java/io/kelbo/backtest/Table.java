package io.kelbo.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A CSV file in memory: a header and rows of text. Plain or gzip; separated by comma, semicolon or
 * tab; with or without a byte order mark.
 *
 * @param file where it came from, for messages
 * @param header column names, distinct
 * @param rows as many cells as the header has
 * @param lines the line each row begins at, counted from 1
 */
record Table(Path file, List<String> header, List<String[]> rows, List<Long> lines) {
  private static final int SHOWN_COLUMNS = 40; // in a message
  private static final int LONGEST_HEADER = 1 << 22; // thousands of columns

  /**
   * @throws BadTable naming file and line if it is missing, empty, ragged, or cut off
   */
  static Table read(Path file) throws BadTable {
    if (!Files.isRegularFile(file)) {
      throw new BadTable("%s: there is no such file".formatted(file));
    }
    try (BufferedReader text = PlainText.open(file)) {
      return parse(file, text);
    } catch (IOException unreadable) {
      throw PlainText.refused(file, unreadable);
    }
  }

  private static Table parse(Path file, BufferedReader reader) throws IOException, BadTable {
    reader.mark(LONGEST_HEADER);
    String first = reader.readLine();
    if (first == null || first.isBlank()) {
      throw new BadTable(
          "%s: the file is empty; it must begin with a line of column names".formatted(file));
    }
    reader.reset();
    CsvMapper mapper = new CsvMapper();
    mapper.enable(CsvParser.Feature.WRAP_AS_ARRAY);
    mapper.enable(CsvParser.Feature.SKIP_EMPTY_LINES);
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator(first));
    List<String> header = new ArrayList<>();
    List<String[]> rows = new ArrayList<>();
    List<Long> lines = new ArrayList<>();
    try (MappingIterator<String[]> cells =
        mapper.readerFor(String[].class).with(schema).readValues(reader)) {
      long last = 0;
      while (more(cells, file, last)) {
        long line = cells.getCurrentLocation().getLineNr(); // afterwards it is the next row's
        last = line;
        String[] row = next(cells, file, line);
        if (header.isEmpty()) {
          header.addAll(names(file, row));
        } else if (row.length != header.size()) {
          throw new BadTable(
              "%s: line %d has %d cells but the header has %d columns"
                  .formatted(file, line, row.length, header.size()));
        } else {
          rows.add(row);
          lines.add(line);
        }
      }
    }
    if (rows.isEmpty()) {
      throw new BadTable("%s: there is a header but not one row below it".formatted(file));
    }
    return new Table(file, List.copyOf(header), rows, lines);
  }

  private static boolean more(MappingIterator<String[]> cells, Path file, long line)
      throws IOException, BadTable {
    try {
      return cells.hasNextValue();
    } catch (JsonProcessingException malformed) {
      throw malformed(file, line + 1, malformed);
    }
  }

  private static String[] next(MappingIterator<String[]> cells, Path file, long line)
      throws IOException, BadTable {
    try {
      return cells.nextValue();
    } catch (JsonProcessingException malformed) {
      throw malformed(file, line, malformed);
    }
  }

  /**
   * Only at the end of the file does the parser see that a quote was never closed.
   *
   * @throws IOException if it was not the text that was wrong, but reading it
   */
  private static BadTable malformed(Path file, long line, JsonProcessingException malformed)
      throws IOException {
    Throwable root = malformed;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (!(root instanceof JsonProcessingException parser)) {
      throw malformed;
    }
    String what = parser.getOriginalMessage();
    return new BadTable(
        "%s: line %d: %s"
            .formatted(
                file,
                line,
                what.startsWith("Missing closing quote")
                    ? "a quote opens in this row and never closes; close it, or double it if it belongs to the text"
                    : what));
  }

  private static List<String> names(Path file, String[] row) throws BadTable {
    Set<String> seen = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (int c = 0; c < row.length; c++) {
      String name = row[c].strip();
      if (name.isEmpty()) {
        throw new BadTable(
            "%s: line 1: column %d of the header has no name; give it one".formatted(file, c + 1));
      }
      if (!seen.add(name)) {
        throw new BadTable(
            "%s: line 1: column '%s' stands twice in the header; names must be distinct"
                .formatted(file, name));
      }
      names.add(name);
    }
    return names;
  }

  /** The separator that stands most often in the header, outside of quotes. */
  private static char separator(String first) {
    String header = first.replaceAll("\"[^\"]*\"", "");
    char best = ',';
    for (char candidate : new char[] {';', '\t'}) {
      if (count(header, candidate) > count(header, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  /** The place of a column, or -1. */
  int column(String name) {
    return header.indexOf(name);
  }

  /**
   * @param option the command-line option that names the column, for the message
   * @throws BadTable listing the columns there are
   */
  int columnOf(String name, String option) throws BadTable {
    int column = column(name);
    if (column < 0) {
      throw new BadTable(
          "%s: %s names column '%s' but the columns are %s"
              .formatted(file, option, name, shownColumns()));
    }
    return column;
  }

  private String shownColumns() {
    return header.size() <= SHOWN_COLUMNS
        ? header.toString()
        : "%s and %d more"
            .formatted(header.subList(0, SHOWN_COLUMNS), header.size() - SHOWN_COLUMNS);
  }

  /** A row as leaves by column name. */
  Map<String, Object> leaves(int row) {
    Map<String, Object> leaves = new LinkedHashMap<>();
    String[] cells = rows.get(row);
    for (int c = 0; c < cells.length; c++) {
      leaves.put(header.get(c), cells[c]);
    }
    return leaves;
  }
}
