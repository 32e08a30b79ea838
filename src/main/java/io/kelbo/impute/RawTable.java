package io.kelbo.impute;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A CSV file as it was written: each cell is known by its place in the text, so that filling the
 * holes leaves all else as it was, to the byte. The text is Latin-1, a character a byte; names and
 * cells are given out as UTF-8.
 */
final class RawTable {
  final Path file;
  final String text;
  final char separator;
  final List<String> header;
  final int headerEnd; // where the header's line ends, before its line break
  private final List<int[]> cells; // (rows)(columns + 1) where each cell begins, and the line ends
  private final List<Integer> lines;

  RawTable(
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

  int rows() {
    return cells.size();
  }

  int columns() {
    return header.size();
  }

  /** The line a row begins at, counted from 1. */
  int line(int row) {
    return lines.get(row);
  }

  /** Where a cell begins in the text. */
  int begin(int row, int column) {
    return cells.get(row)[column];
  }

  /** Where a cell ends: before its separator or line break. */
  int end(int row, int column) {
    int next = cells.get(row)[column + 1];
    return column + 1 < columns() ? next - 1 : next;
  }

  /** A cell without quotes and the blanks around it. */
  String cell(int row, int column) {
    return plain(text, begin(row, column), end(row, column));
  }

  /** What stands between two places of the text, unquoted and stripped. */
  static String plain(String text, int begin, int end) {
    String raw = text.substring(begin, end);
    if (raw.length() >= 2 && raw.charAt(0) == '"') {
      raw = raw.substring(1, raw.length() - 1).replace("\"\"", "\"");
    }
    return new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
  }

  /** A text as a cell of this table, quoted where it must be; Latin-1, a character a byte. */
  String written(String cell) {
    boolean bare =
        cell.indexOf(separator) < 0
            && cell.indexOf('"') < 0
            && cell.indexOf('\n') < 0
            && cell.indexOf('\r') < 0;
    String quoted = bare ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    return new String(quoted.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
