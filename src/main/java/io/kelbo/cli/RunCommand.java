package io.kelbo.cli;

import io.kelbo.service.Service;
import io.kelbo.service.ServiceFailure;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
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
    try (Ending ending = Ending.atSignal(settings.life().stopWithin())) {
      awaitInput(settings);
      serve(settings, ending);
      return Failures.DONE;
    }
  }

  private void awaitInput(Settings settings) throws InterruptedException {
    try (Cluster cluster = Cluster.connect(settings)) {
      new Inputs(cluster, settings)
          .await(
              INPUT_PATIENCE,
              () ->
                  say(
                      "Waiting up to %d s for topic '%s', which does not exist yet.",
                      INPUT_PATIENCE.toSeconds(), settings.input().topic()));
    }
  }

  private void serve(Settings settings, Ending ending) throws InterruptedException {
    try (Service service = Service.start(settings)) {
      ending.closing(service::close);
      say(
          "Kelbo '%s' watches '%s'; it is at %s://%s:%d/status. Ctrl-C ends it.",
          settings.name(),
          settings.input().topic(),
          settings.http().scheme(),
          settings.http().host(),
          service.port());
      try {
        service.awaitTermination();
      } catch (ServiceFailure failure) {
        ending.failed();
        throw failure;
      }
    }
  }

  private void say(String format, Object... words) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(format.formatted(words));
    err.flush();
  }
}
