package io.kelbo.service;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** How large the local state is, looked up at most every 15 s. */
final class StateFolder {
  private static final long FRESH_NANOS = 15_000_000_000L;

  private final Path folder;
  private long looked;
  private double bytes = Double.NaN;

  StateFolder(Path folder) {
    this.folder = folder;
  }

  /** Bytes of all files; NaN where they cannot be read. */
  synchronized double bytes() {
    if (Double.isNaN(bytes) || System.nanoTime() - looked > FRESH_NANOS) {
      bytes = sum();
      looked = System.nanoTime();
    }
    return bytes;
  }

  /** Bytes that may still be written on its disk; NaN where they cannot be told. */
  double free() {
    try {
      Path there = folder.toAbsolutePath();
      while (!Files.exists(there) && there.getParent() != null) {
        there = there.getParent();
      }
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException unreadable) {
      return Double.NaN;
    }
  }

  private double sum() {
    if (!Files.exists(folder)) {
      return 0;
    }
    long[] sum = {0};
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
              sum[0] += facts.size();
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE; // RocksDB removes files while we walk
            }

            @Override
            public FileVisitResult postVisitDirectory(Path passed, IOException gone) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException unreadable) {
      return Double.NaN;
    }
    return sum[0];
  }
}
