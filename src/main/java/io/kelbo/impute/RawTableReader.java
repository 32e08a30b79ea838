package io.kelbo.impute;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Finds the cells of a CSV file: plain or gzip; separated by comma, semicolon or tab; with or
 * without a byte order mark, quotes, CRLF. Lines without anything in them are no rows.
 */
final class RawTableReader {
  private static final String MARK = "\u00ef\u00bb\u00bf"; // UTF-8's byte order mark, in Latin-1

  private final Path file;
  private final String text;
  private final char separator;
  private int at;
  private int line = 1;

  private RawTableReader(Path file, String text) {
    this.file = file;
    this.text = text;
    this.at = text.startsWith(MARK) ? MARK.length() : 0;
    int end = at;
    while (end < text.length() && !breaks(end)) {
      end++;
    }
    this.separator = separator(text.substring(at, end));
  }

  /**
   * @throws UnusableTable naming file and line if it is missing, empty, ragged, or cut off
   */
  static RawTable read(Path file) throws UnusableTable {
    if (!Files.isRegularFile(file)) {
      throw new UnusableTable("%s: there is no such file".formatted(file));
    }
    try {
      return new RawTableReader(file, content(file)).table();
    } catch (EOFException | ZipException cut) {
      throw new UnusableTable(
          "%s: the gzip data is damaged or cut off (%s); get a whole copy of the file"
              .formatted(file, cut.getMessage()));
    } catch (IOException unreadable) {
      throw new UnusableTable("%s: cannot be read: %s".formatted(file, unreadable.getMessage()));
    }
  }

  private static String content(Path file) throws IOException {
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
      bytes.mark(4);
      boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
      bytes.reset();
      try (InputStream plain = gzip ? new GZIPInputStream(bytes, 1 << 16) : bytes) {
        return new String(plain.readAllBytes(), StandardCharsets.ISO_8859_1);
      }
    }
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

  private RawTable table() throws UnusableTable {
    int[] head = row();
    if (head.length == 0) {
      throw new UnusableTable(
          "%s: the file is empty; it must begin with a line of column names".formatted(file));
    }
    List<String> header = names(head);
    int headerEnd = head[head.length - 1];
    List<int[]> rows = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    while (true) {
      skipEmptyLines();
      int began = line;
      int[] row = row();
      if (row.length == 0) {
        break;
      }
      if (row.length != head.length) {
        throw new UnusableTable(
            "%s: line %d has %d cells but the header has %d columns"
                .formatted(file, began, row.length - 1, header.size()));
      }
      rows.add(row);
      lines.add(began);
    }
    if (rows.isEmpty()) {
      throw new UnusableTable("%s: there is a header but not one row below it".formatted(file));
    }
    return new RawTable(file, text, separator, header, headerEnd, rows, lines);
  }

  private List<String> names(int[] head) throws UnusableTable {
    Set<String> seen = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (int c = 0; c + 1 < head.length; c++) {
      int end = c + 2 < head.length ? head[c + 1] - 1 : head[c + 1];
      String name = RawTable.plain(text, head[c], end);
      if (name.isEmpty()) {
        throw new UnusableTable("%s: column %d of the header has no name".formatted(file, c + 1));
      }
      if (!seen.add(name)) {
        throw new UnusableTable(
            "%s: column '%s' stands twice in the header; names must be distinct"
                .formatted(file, name));
      }
      names.add(name);
    }
    return names;
  }

  private void skipEmptyLines() {
    while (at < text.length() && breaks(at)) {
      endLine();
    }
  }

  /** Where the cells of the next line begin, and where it ends; empty at the end of the text. */
  private int[] row() throws UnusableTable {
    if (at == text.length()) {
      return new int[0];
    }
    List<Integer> places = new ArrayList<>(List.of(at));
    while (true) {
      cell();
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

  /** Goes to the end of the cell. */
  private void cell() throws UnusableTable {
    if (at < text.length() && text.charAt(at) == '"') {
      int began = line;
      at++;
      while (at < text.length() && (text.charAt(at) != '"' || next() == '"')) {
        line += text.charAt(at) == '\n' ? 1 : 0;
        at += text.charAt(at) == '"' ? 2 : 1;
      }
      if (at >= text.length()) {
        throw new UnusableTable(
            "%s: line %d opens a quote that is never closed".formatted(file, began));
      }
      at++;
      if (at < text.length() && text.charAt(at) != separator && !breaks(at)) {
        throw new UnusableTable(
            "%s: line %d has '%s' after a closing quote; double the quotes inside a quoted cell"
                .formatted(file, line, text.charAt(at)));
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
    return text.charAt(place) == '\n' || text.charAt(place) == '\r';
  }

  private void endLine() {
    if (at < text.length()) {
      boolean both = text.charAt(at) == '\r' && next() == '\n';
      at += both ? 2 : 1;
      line++;
    }
  }
}
