package io.kelbo.backtest;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file as text: UTF-8, plain or gzip, with or without a byte order mark. Bytes that are no UTF-8
 * are refused, never replaced: a name with a hole in it would be somebody else's column.
 */
final class PlainText {
  private static final int BUFFER = 1 << 16;

  private PlainText() {}

  static BufferedReader open(Path file) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(bytes(file), StandardCharsets.UTF_8.newDecoder()), BUFFER);
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return reader;
  }

  private static InputStream bytes(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    bytes.mark(4);
    boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
    bytes.reset();
    return gzip ? new BufferedInputStream(new GZIPInputStream(bytes, BUFFER), BUFFER) : bytes;
  }

  /** The message for a file that opened or read badly; parsers hide the cause inside. */
  static BadTable refused(Path file, IOException wrong) {
    for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException || cause instanceof ZipException) {
        return new BadTable(
            "%s: the gzip data is damaged or cut off (%s); get a whole copy of the file"
                .formatted(
                    file, cause.getMessage() == null ? "it ends too early" : cause.getMessage()));
      }
      if (cause instanceof CharacterCodingException) {
        return new BadTable(
            "%s: line %d: there are bytes that are not UTF-8; save the file as UTF-8"
                .formatted(file, firstLineOutsideUtf8(file)));
      }
    }
    return new BadTable("%s: cannot be read: %s".formatted(file, wrong.getMessage()));
  }

  /** Readers decode ahead of what they give: only a second look finds the line. */
  private static long firstLineOutsideUtf8(Path file) {
    long line = 1;
    try (InputStream bytes = bytes(file)) {
      ByteArrayOutputStream row = new ByteArrayOutputStream();
      for (int b = bytes.read(); b >= 0; b = bytes.read()) {
        row.write(b);
        if (b == '\n') {
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(row.toByteArray()));
          row.reset();
          line++;
        }
      }
    } catch (IOException here) {
      return line;
    }
    return line;
  }
}
