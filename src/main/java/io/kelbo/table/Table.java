package io.kelbo.table;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A CSV file in memory as it was written: each cell is known by its place in the text, so that
 * filling holes leaves all else as it was, to the byte. The text is Latin-1, a character a byte;
 * names and cells are given out as UTF-8, without quotes and the blanks around them.
 */
public final class Table {
  private static final int SHOWN_COLUMNS = 40; // in a message

  private final Path file;
  private final String text;
  private final char separator;
  private final List<String> header;
  private final int headerEnd;
  private final List<int[]> cells; // (rows)(columns + 1) where each cell begins, and the line ends
  private final List<Integer> lines;

  Table(
      Path file,
      String text,
      char separator,
      List<String> header,
      int headerEnd,
      List<int[]> cells,
      List<Integer> lines) {
    this.file = file;
    this.text = text;
    this.separator = separator;
    this.header = List.copyOf(header);
    this.headerEnd = headerEnd;
    this.cells = List.copyOf(cells);
    this.lines = List.copyOf(lines);
  }

  /**
   * Reads a file: plain or gzip; separated by comma, semicolon or tab, whichever stands most often
   * in the header outside of quotes; with or without a byte order mark, quotes, CRLF. Lines without
   * anything in them are no rows.
   *
   * @throws BadTable naming file and line if it is missing, empty, ragged, cut off or not UTF-8
   */
  public static Table read(Path file) throws BadTable {
    return new TableReader(file, TableText.read(file)).table();
  }

  /** Where it came from, for messages. */
  public Path file() {
    return file;
  }

  /** The whole file, a character a byte. */
  public String text() {
    return text;
  }

  public char separator() {
    return separator;
  }

  /** Column names, distinct. */
  public List<String> header() {
    return header;
  }

  /** Where the header's line ends in the text, before its line break. */
  public int headerEnd() {
    return headerEnd;
  }

  /** How many rows are below the header, at least one. */
  public int rows() {
    return cells.size();
  }

  public int columns() {
    return header.size();
  }

  /** The line a row begins at, counted from 1. */
  public int line(int row) {
    return lines.get(row);
  }

  /** Where a cell begins in the text. */
  public int begin(int row, int column) {
    return cells.get(row)[column];
  }

  /** Where a cell ends: before its separator or line break. */
  public int end(int row, int column) {
    int next = cells.get(row)[column + 1];
    return column + 1 < columns() ? next - 1 : next;
  }

  /** A cell without quotes and the blanks around it. */
  public String cell(int row, int column) {
    return plain(text, begin(row, column), end(row, column));
  }

  /** A row as leaves by column name. */
  public Map<String, Object> leaves(int row) {
    Map<String, Object> leaves = new LinkedHashMap<>();
    for (int c = 0; c < columns(); c++) {
      leaves.put(header.get(c), cell(row, c));
    }
    return leaves;
  }

  /** The place of a column, or -1. */
  public int column(String name) {
    return header.indexOf(name);
  }

  /**
   * @param option what names the column, for the message
   * @throws BadTable listing the columns there are
   */
  public int columnOf(String name, String option) throws BadTable {
    int column = column(name);
    if (column < 0) {
      throw new BadTable(
          "%s: %s names column '%s' but the columns are %s"
              .formatted(file, option, name, shown(header)));
    }
    return column;
  }

  /**
   * @param names of columns that will be added
   * @param advice what to do where one is taken, for the message
   * @throws BadTable naming the first that is a column already
   */
  public void requireFree(List<String> names, String advice) throws BadTable {
    for (String name : names) {
      if (column(name) >= 0) {
        throw new BadTable("%s: there is a column '%s' already; %s".formatted(file, name, advice));
      }
    }
  }

  /** What to throw where a column is empty in all the rows that were given. */
  public BadTable noValue(int column, int rows) {
    return new BadTable(
        "%s: column '%s' (number %d) has no value in %d rows; fill at least one cell, or take the column out"
            .formatted(file, header.get(column), column + 1, rows));
  }

  /** Names for a message: the first of very many. */
  public static String shown(List<String> names) {
    return names.size() <= SHOWN_COLUMNS
        ? names.toString()
        : "%s and %d more".formatted(names.subList(0, SHOWN_COLUMNS), names.size() - SHOWN_COLUMNS);
  }

  /** A text as a cell of this table, quoted where it must be; Latin-1, a character a byte. */
  public String written(String cell) {
    boolean bare =
        cell.indexOf(separator) < 0
            && cell.indexOf('"') < 0
            && cell.indexOf('\n') < 0
            && cell.indexOf('\r') < 0;
    String quoted = bare ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    return new String(quoted.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** What stands between two places of the text, unquoted and stripped. */
  static String plain(String text, int begin, int end) {
    String raw = text.substring(begin, end).strip();
    if (raw.length() >= 2 && raw.charAt(0) == '"') {
      raw = raw.substring(1, raw.length() - 1).replace("\"\"", "\"").strip();
    }
    return raw.chars().allMatch(c -> c < 0x80)
        ? raw
        : new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
  }
}
