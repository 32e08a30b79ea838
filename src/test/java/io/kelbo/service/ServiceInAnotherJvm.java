package io.kelbo.service;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The service in a process of its own, that can be killed the hard way. */
final class ServiceInAnotherJvm {
  private ServiceInAnotherJvm() {}

  /** Runs until it is killed: {@code bootstrap, state folder}. */
  public static void main(String[] args) throws InterruptedException {
    Service.start(TestSettings.of(args[0], Path.of(args[1]))).awaitTermination();
  }

  static Process start(String bootstrap, Path stateDir, Path log) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                ServiceInAnotherJvm.class.getName(),
                bootstrap,
                stateDir.toString()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())))
        .start();
  }

  /** The same as {@code kill -9}. */
  static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }
}
