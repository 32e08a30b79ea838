package io.kelbo.service;

import io.kelbo.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The service in a process of its own, that can be killed the hard way. */
final class ServiceInAnotherJvm {
  private ServiceInAnotherJvm() {}

  /**
   * Runs until it is killed or asked to stop: {@code configuration}, or {@code bootstrap, state
   * folder[, instance]}.
   */
  public static void main(String[] args) throws Exception {
    Settings settings =
        switch (args.length) {
          case 1 -> new SettingsReader().read(args[0], "argument");
          case 2 -> TestSettings.of(args[0], Path.of(args[1]));
          default -> TestSettings.ofMember(args[0], Path.of(args[1]), args[2]);
        };
    TrainingSigns.print();
    Service service = Service.start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(service::close, "kelbo-stop"));
    service.awaitTermination();
  }

  static Process start(String bootstrap, Path stateDir, Path log) throws IOException {
    return start(log, bootstrap, stateDir.toString());
  }

  /** As a configuration in YAML says. */
  static Process start(String configuration, Path log) throws IOException {
    return start(log, configuration);
  }

  /** A static member of the group, that answers within a few seconds under load. */
  static Process startMember(String bootstrap, Path stateDir, Path log, String instance)
      throws IOException {
    return start(log, bootstrap, stateDir.toString(), instance);
  }

  private static Process start(Path log, String... arguments) throws IOException {
    return JavaProcess.of(
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            ServiceInAnotherJvm.class,
            arguments)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())))
        .start();
  }

  /** Asks it to stop, and waits until it has. */
  static void stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the service did not stop within 60 s");
    }
  }

  /** The same as {@code kill -9}. */
  static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }
}
