package io.kelbo.cli;

import io.kelbo.service.Service;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kelbo run}: the service until it is told to end. */
@Command(name = "run", description = "Runs the service until Ctrl-C or SIGTERM.")
final class RunCommand implements Callable<Integer> {
  /** Producers often create the topic, and start with the service or a little later. */
  private static final Duration INPUT_PATIENCE = Duration.ofSeconds(15);

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Override
  public Integer call() throws SettingsProblems, InterruptedException {
    Settings settings = config.settings();
    PrintWriter err = spec.commandLine().getErr();
    try (Cluster cluster = Cluster.connect(settings)) {
      new Inputs(cluster, settings)
          .await(
              INPUT_PATIENCE,
              () -> {
                err.printf(
                    "Waiting up to %d s for topic '%s', which does not exist yet.%n",
                    INPUT_PATIENCE.toSeconds(), settings.input().topic());
                err.flush();
              });
    }
    AtomicInteger code = new AtomicInteger(Failures.FAILED);
    try (Service service = Service.start(settings)) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> end(service, code, settings.life().stopWithin()), "kelbo-end"));
      err.printf(
          "Kelbo '%s' watches '%s'; it is at %s://%s:%d/status. Ctrl-C ends it.%n",
          settings.name(),
          settings.input().topic(),
          settings.http().scheme(),
          settings.http().host(),
          service.port());
      err.flush();
      code.set(Failures.DONE);
      awaitEnd(service, code);
      return code.get();
    }
  }

  private static void awaitEnd(Service service, AtomicInteger code) throws InterruptedException {
    boolean asked = false;
    try {
      service.awaitTermination();
      asked = true;
    } finally {
      if (!asked) {
        code.set(Failures.FAILED);
      }
    }
  }

  /** Runs at SIGTERM, and at the end of a failed run. A JVM ended by a signal would say 143. */
  private static void end(Service service, AtomicInteger code, Duration within) {
    Thread closing = new Thread(service::close, "kelbo-close");
    closing.setDaemon(true);
    closing.start();
    try {
      // What was begun is in Kafka and will be done again; longer waiting would gain nothing.
      closing.join(within.minusMillis(200).toMillis());
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(code.get());
  }
}
