package io.kelbo.backtest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/**
 * A file that is there whole or not at all: what is written goes to a file beside the target, which
 * is moved into place at the end, and removed if there is none (an interrupted process included).
 * Gzipped if its name ends in {@code .gz}.
 */
public final class WholeFile implements AutoCloseable {
  private final String option;
  private final Path target;
  private final Path partial;
  private final OutputStream out;
  private boolean complete;

  /**
   * @param option the command-line option that names the file, for messages
   * @throws Unwritable if there can be no such file
   */
  public WholeFile(String option, Path target) throws Unwritable {
    this.option = option;
    this.target = target;
    this.partial = target.resolveSibling(target.getFileName() + ".partial");
    if (Files.isDirectory(target)) {
      throw new Unwritable(
          "%s is '%s' but that is a folder. Name a file in it.".formatted(option, target), null);
    }
    try {
      OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(partial));
      this.out = zipped(target) ? new GZIPOutputStream(bytes) : bytes;
    } catch (IOException refused) {
      throw unwritable(refused);
    }
    partial.toFile().deleteOnExit();
  }

  /** An output file that cannot be written; the message names option and file. */
  public static final class Unwritable extends IOException {
    Unwritable(String message, @org.jspecify.annotations.Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Writes in UTF-8. */
  public void write(String text) throws Unwritable {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException refused) {
      throw unwritable(refused);
    }
  }

  /** Takes the bytes of the file; what it throws is told by {@link #unwritable}. */
  public OutputStream bytes() {
    return out;
  }

  /** Moves what was written into place. */
  public void finish() throws Unwritable {
    try {
      out.close();
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
      complete = true;
    } catch (IOException refused) {
      throw unwritable(refused);
    }
  }

  @Override
  public void close() throws IOException {
    if (!complete) {
      try {
        out.close();
      } finally {
        Files.deleteIfExists(partial);
      }
    }
  }

  private static boolean zipped(Path target) {
    return String.valueOf(target.getFileName()).endsWith(".gz");
  }

  /** A failure to write, in words that name option and file. */
  public Unwritable unwritable(IOException refused) {
    return new Unwritable(
        "%s is '%s' but cannot be written (%s). Name a file in a folder that exists and has room."
            .formatted(option, target, refused.getClass().getSimpleName()),
        refused);
  }
}
