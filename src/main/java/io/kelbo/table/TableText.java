package io.kelbo.table;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * What a file holds: UTF-8, plain or gzip. Bytes that are no UTF-8 are refused, never replaced: a
 * name with a hole in it would be somebody else's column.
 */
final class TableText {
  private static final int BUFFER = 1 << 16;

  private TableText() {}

  /**
   * @return a character a byte (Latin-1), so that a place in the text is a place in the file
   * @throws BadTable naming file and line
   */
  static String read(Path file) throws BadTable {
    if (!Files.isRegularFile(file)) {
      throw new BadTable("%s: there is no such file".formatted(file));
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (InputStream bytes = plain(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
      bytes.transferTo(whole);
    } catch (EOFException | ZipException cut) {
      throw new BadTable(
          "%s: the gzip data is damaged or cut off in line %d (%s); get a whole copy of the file"
              .formatted(
                  file,
                  line(whole.toByteArray(), whole.size()),
                  cut.getMessage() == null ? "it ends too early" : cut.getMessage()));
    } catch (IOException unreadable) {
      throw new BadTable("%s: cannot be read: %s".formatted(file, unreadable.getMessage()));
    }
    byte[] bytes = whole.toByteArray();
    int wrong = outsideUtf8(bytes);
    if (wrong >= 0) {
      throw new BadTable(
          "%s: line %d: there are bytes that are not UTF-8; save the file as UTF-8"
              .formatted(file, line(bytes, wrong)));
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static InputStream plain(InputStream bytes) throws IOException {
    bytes.mark(4);
    boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
    bytes.reset();
    return gzip ? new GZIPInputStream(bytes, BUFFER) : bytes;
  }

  /** Where the first byte is that is no UTF-8; -1 where all are. */
  private static int outsideUtf8(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(BUFFER);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isOverflow()) {
        return result.isError() ? in.position() : -1;
      }
      out.clear();
    }
  }

  /** The line of a place, counted from 1. */
  private static long line(byte[] bytes, int place) {
    long line = 1;
    for (int i = 0; i < place; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }
}
