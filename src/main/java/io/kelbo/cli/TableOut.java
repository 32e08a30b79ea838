package io.kelbo.cli;

import io.kelbo.backtest.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --out}: one file, whole or not at all; without it, standard output. */
final class TableOut {
  @Option(
      names = "--out",
      paramLabel = "OUT",
      description = "Where to write the answer; gzipped if the name ends in .gz.")
  private @Nullable Path out;

  @Nullable Path path() {
    return out;
  }

  /** Writes all of an answer. */
  interface Writing<E extends Exception> {
    void write(OutputStream bytes) throws IOException, E;
  }

  /** Says what an answer is worth. */
  interface Summary<E extends Exception> {
    void give() throws E;
  }

  /**
   * Before the work, not after it.
   *
   * @param read the files that are read, which are not to be written over
   */
  void require(@Nullable Path... read) {
    if (out == null) {
      return;
    }
    GivenFiles.refuseOverwriting("--out", out, Arrays.asList(read));
    Path folder = out.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(out)) {
      throw unwritable(out);
    }
  }

  /** A text as an answer, made when it is asked for. */
  static Writing<RuntimeException> text(Supplier<String> text) {
    return bytes -> bytes.write(text.get().getBytes(StandardCharsets.UTF_8));
  }

  /** The table, and what there is to say of it; standard output holds one of them only. */
  <T extends Exception, S extends Exception> void give(
      Answer answer, Writing<T> table, Summary<S> summary) throws T, S {
    if (out != null || !answer.json()) {
      write(table);
    }
    if (out != null || answer.json()) {
      summary.give();
    }
  }

  /** Nothing is left behind unless all of it was written. */
  <E extends Exception> void write(Writing<E> writing) throws E {
    Path target = out;
    if (target == null) {
      try {
        // Bytes, not characters: the table's encoding is its own.
        writing.write(System.out);
        System.out.flush();
      } catch (IOException closed) {
        throw new CommandFailure(Failures.FAILED, "standard output was closed before the end");
      }
      return;
    }
    try (WholeFile whole = new WholeFile("--out", target)) {
      try {
        writing.write(whole.bytes());
      } catch (IOException refused) {
        throw whole.unwritable(refused);
      }
      whole.finish();
    } catch (IOException failed) {
      throw new CommandFailure(Failures.FAILED, String.valueOf(failed.getMessage()));
    }
  }

  private static CommandFailure unwritable(Path out) {
    return new CommandFailure(
        Failures.FAILED,
        "--out is '%s' but cannot be written. Name a file in a folder that exists.".formatted(out));
  }
}
