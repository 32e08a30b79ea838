package io.kelbo.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

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
  private static final int LONGEST_HEADER = 1 << 22; // thousands of columns

  /**
   * @throws BadTable naming file and line if it is missing, empty, ragged, or cut off
   */
  static Table read(Path file) throws BadTable {
    if (!Files.isRegularFile(file)) {
      throw new BadTable("%s: there is no such file".formatted(file));
    }
    try (Reader text = open(file)) {
      return parse(file, text);
    } catch (EOFException | ZipException cut) {
      throw new BadTable(
          "%s: the gzip data is damaged or cut off (%s); get a whole copy of the file"
              .formatted(file, cut.getMessage()));
    } catch (JsonProcessingException malformed) {
      throw new BadTable(
          "%s: line %d: %s"
              .formatted(
                  file,
                  malformed.getLocation() == null ? 0 : malformed.getLocation().getLineNr(),
                  malformed.getOriginalMessage()));
    } catch (IOException unreadable) {
      throw new BadTable("%s: cannot be read: %s".formatted(file, unreadable.getMessage()));
    }
  }

  private static Reader open(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    bytes.mark(4);
    boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
    bytes.reset();
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                gzip ? new GZIPInputStream(bytes, 1 << 16) : bytes, StandardCharsets.UTF_8),
            1 << 16);
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return reader;
  }

  private static Table parse(Path file, Reader text) throws IOException, BadTable {
    BufferedReader reader = (BufferedReader) text;
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
      while (cells.hasNextValue()) {
        long line = cells.getCurrentLocation().getLineNr(); // afterwards it is the next row's
        String[] row = cells.nextValue();
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

  private static List<String> names(Path file, String[] row) throws BadTable {
    Set<String> seen = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (int c = 0; c < row.length; c++) {
      String name = row[c].strip();
      if (name.isEmpty()) {
        throw new BadTable("%s: column %d of the header has no name".formatted(file, c + 1));
      }
      if (!seen.add(name)) {
        throw new BadTable(
            "%s: column '%s' stands twice in the header; names must be distinct"
                .formatted(file, name));
      }
      names.add(name);
    }
    return names;
  }

  /** The separator that stands most often in the header. */
  private static char separator(String header) {
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
          "%s: %s names column '%s' but the columns are %s".formatted(file, option, name, header));
    }
    return column;
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
