package io.kelbo.bench;

import java.io.PrintStream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;

/**
 * Runs one benchmark of JMH, which prints what its JVMs say on standard output: that is for the
 * answer alone.
 */
final class Forked {
  private Forked() {}

  static RunResult run(Options options) throws RunnerException {
    PrintStream answer = System.out;
    System.setOut(System.err);
    try {
      return new Runner(options).runSingle();
    } finally {
      System.setOut(answer);
    }
  }
}
