package io.kelbo.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Says on standard output when a training begins and ends, looked up each 20 ms from the trainer's
 * stack: so that one can tell from the log whether a kill interrupted one.
 */
final class TrainingSigns {
  private static final String BEGUN = "(a training has begun)";
  private static final String ENDED = "(no training runs)";
  private static final String TRAINER = "kelbo-trainer";
  private static final long LOOK_EVERY_NANOS = 20_000_000;

  private TrainingSigns() {}

  /** Goes on until the process ends. */
  static void print() {
    System.out.println(ENDED);
    Thread looking = new Thread(TrainingSigns::look, "training-signs");
    looking.setDaemon(true);
    looking.start();
  }

  /** Whether the process that wrote the log is training, or was when it ended. */
  static boolean training(Path log) throws IOException {
    String all = Files.readString(log);
    return all.lastIndexOf(BEGUN) > all.lastIndexOf(ENDED);
  }

  private static void look() {
    boolean before = false;
    while (true) {
      boolean now = trainer().filter(TrainingSigns::trains).isPresent();
      if (now != before) {
        System.out.println(now ? BEGUN : ENDED);
        before = now;
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  private static Optional<Thread> trainer() {
    Thread[] threads = new Thread[2 * Thread.activeCount() + 10];
    int count = Thread.enumerate(threads);
    return Arrays.stream(threads, 0, count).filter(t -> t.getName().equals(TRAINER)).findAny();
  }

  private static boolean trains(Thread trainer) {
    return Arrays.stream(trainer.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith("io.kelbo.train."));
  }
}
