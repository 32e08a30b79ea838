package io.kelbo.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the cells of a CSV text; says by line and column what is wrong with them. */
final class TableReader {
  private static final String MARK = "\u00ef\u00bb\u00bf"; // UTF-8's byte order mark, in Latin-1
  private static final String CANDIDATES = ",;\t"; // for the separator

  private final Path file;
  private final String text;
  private final char separator;
  private int at;
  private int line = 1;

  /**
   * @param text a character a byte
   */
  TableReader(Path file, String text) {
    this.file = file;
    this.text = text;
    this.at = text.startsWith(MARK) ? MARK.length() : 0;
    skipEmptyLines();
    this.separator = separator();
  }

  /** What stands most often in the header, outside of quotes. */
  private char separator() {
    int[] counts = new int[CANDIDATES.length()];
    boolean quoted = false;
    for (int i = at; i < text.length() && (quoted || !breaks(i)); i++) {
      quoted ^= text.charAt(i) == '"';
      int candidate = CANDIDATES.indexOf(text.charAt(i));
      if (candidate >= 0 && !quoted) {
        counts[candidate]++;
      }
    }
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return CANDIDATES.charAt(best);
  }

  Table table() throws BadTable {
    int began = line;
    int[] head = row();
    if (head.length == 0) {
      throw new BadTable(
          "%s: the file is empty; it must begin with a line of column names".formatted(file));
    }
    List<String> header = names(head, began);
    int headerEnd = head[head.length - 1];
    List<int[]> rows = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    for (skipEmptyLines(); at < text.length(); skipEmptyLines()) {
      began = line;
      int[] row = row();
      if (row.length != head.length) {
        throw ragged(began, row, header);
      }
      rows.add(row);
      lines.add(began);
    }
    if (rows.isEmpty()) {
      throw new BadTable("%s: there is a header but not one row below it".formatted(file));
    }
    return new Table(file, text, separator, header, headerEnd, rows, lines);
  }

  private BadTable ragged(int began, int[] row, List<String> header) {
    int cells = row.length - 1;
    String what =
        cells < header.size()
            ? "column '%s' is missing".formatted(header.get(cells))
            : "'%s' stands beyond column '%s'"
                .formatted(cell(row, header.size()), header.get(header.size() - 1));
    return new BadTable(
        "%s: line %d has %d cells but the header has %d columns: %s"
            .formatted(file, began, cells, header.size(), what));
  }

  private List<String> names(int[] head, int began) throws BadTable {
    Set<String> seen = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (int c = 0; c + 1 < head.length; c++) {
      String name = cell(head, c);
      if (name.isEmpty()) {
        throw new BadTable(
            "%s: line %d: column %d of the header has no name; give it one"
                .formatted(file, began, c + 1));
      }
      if (!seen.add(name)) {
        throw new BadTable(
            "%s: line %d: column '%s' stands twice in the header; names must be distinct"
                .formatted(file, began, name));
      }
      names.add(name);
    }
    return names;
  }

  private String cell(int[] row, int column) {
    int end = column + 2 < row.length ? row[column + 1] - 1 : row[column + 1];
    return Table.plain(text, row[column], end);
  }

  private void skipEmptyLines() {
    while (at < text.length() && breaks(past(at))) {
      at = past(at);
      endLine();
    }
    at = past(at) == text.length() ? text.length() : at;
  }

  /** The next place without a blank. */
  private int past(int place) {
    int next = place;
    while (next < text.length() && text.charAt(next) == ' ') {
      next++;
    }
    return next;
  }

  /** Where the cells of the next line begin, and where it ends; empty at the end of the text. */
  private int[] row() throws BadTable {
    if (at == text.length()) {
      return new int[0];
    }
    List<Integer> places = new ArrayList<>(List.of(at));
    while (true) {
      skipCell(places.size());
      if (at < text.length() && text.charAt(at) == separator) {
        at++;
        places.add(at);
      } else {
        places.add(at);
        endLine();
        return places.stream().mapToInt(p -> p).toArray();
      }
    }
  }

  /**
   * Goes to the end of the cell.
   *
   * @param number of the cell in its row, from 1, for messages
   */
  private void skipCell(int number) throws BadTable {
    int quote = past(at);
    if (quote < text.length() && text.charAt(quote) == '"') {
      int began = line;
      at = quote + 1;
      while (at < text.length() && (text.charAt(at) != '"' || next() == '"')) {
        line += text.charAt(at) == '\n' ? 1 : 0;
        at += text.charAt(at) == '"' ? 2 : 1;
      }
      if (at >= text.length()) {
        throw new BadTable(
            "%s: line %d: a quote opens in column %d and never closes; close it, or double it if it belongs to the text"
                .formatted(file, began, number));
      }
      at = past(at + 1);
      if (at < text.length() && text.charAt(at) != separator && !breaks(at)) {
        throw new BadTable(
            "%s: line %d has '%s' after a closing quote in column %d; double the quotes inside a quoted cell"
                .formatted(file, line, text.charAt(at), number));
      }
    }
    while (at < text.length() && text.charAt(at) != separator && !breaks(at)) {
      at++;
    }
  }

  private int next() {
    return at + 1 < text.length() ? text.charAt(at + 1) : -1;
  }

  private boolean breaks(int place) {
    return place < text.length() && (text.charAt(place) == '\n' || text.charAt(place) == '\r');
  }

  private void endLine() {
    if (at < text.length()) {
      boolean both = text.charAt(at) == '\r' && next() == '\n';
      at += both ? 2 : 1;
      line++;
    }
  }
}
