package io.kelbo.cli;

import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code kelbo health}: what a running service says of its health, for containers without a shell
 * or curl. Looks at nothing else; {@code status} asks Kafka too.
 */
@Command(
    name = "health",
    description = "Asks a running service whether it is well: 0 yes, 1 no, 3 it does not answer.")
final class HealthCommand implements Callable<Integer> {
  private static final int PATIENCE_MILLIS = 3_000;
  private static final Duration BETWEEN = Duration.ofMillis(500);

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      description = "Where it serves (default: http.host and http.port of the configuration).")
  private @Nullable String address;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description =
          "Asks by https and trusts this certificate only, as PEM (default: http.tls.certificate of the configuration).")
  private @Nullable Path certificate;

  @Option(names = "--live", description = "Asks whether it is alive, not whether it is ready.")
  private boolean live;

  @Option(
      names = "--within",
      paramLabel = "DURATION",
      defaultValue = "PT0S",
      description = "Asks again until then, such as PT2M (default: once).")
  private Duration within;

  private record Reply(int code, String line) {}

  @Override
  public Integer call() throws SettingsProblems, InterruptedException {
    URI page = page();
    long until = System.nanoTime() + within.toNanos();
    Reply reply = ask(page);
    while (reply.code() != Failures.DONE && System.nanoTime() < until) {
      Thread.sleep(BETWEEN.toMillis());
      reply = ask(page);
    }
    PrintWriter told = spec.commandLine().getOut();
    told.println(reply.line());
    told.flush();
    return reply.code();
  }

  private URI page() throws SettingsProblems {
    String where = address;
    if (where == null) {
      Settings settings = config.settings();
      Settings.Tls tls = settings.http().tls();
      if (certificate == null && tls != null) {
        certificate = tls.certificate();
      }
      where = ServicePage.nearby(settings);
    } else if (!where.matches("[^/\\s]+:[0-9]{1,5}")) {
      throw new ParameterException(
          spec.commandLine(),
          "--address is '%s' but must be a host and a port, such as localhost:8080"
              .formatted(where));
    }
    String scheme = certificate == null ? "http" : "https";
    return URI.create("%s://%s/health/%s".formatted(scheme, where, live ? "live" : "ready"));
  }

  private Reply ask(URI page) {
    try {
      HttpURLConnection connection = ServiceConnection.to(page, certificate, PATIENCE_MILLIS);
      try {
        int status = connection.getResponseCode();
        boolean well = status == HttpURLConnection.HTTP_OK;
        try (InputStream in = well ? connection.getInputStream() : connection.getErrorStream()) {
          String said = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
          String line = said.isBlank() ? "answered with status %d".formatted(status) : said.strip();
          return new Reply(well ? Failures.DONE : Failures.FAILED, line);
        }
      } finally {
        connection.disconnect();
      }
    } catch (IOException noAnswer) {
      return new Reply(
          Failures.NOT_REACHABLE,
          "'%s' does not answer (%s): is the service running, and http.host not only 127.0.0.1?"
              .formatted(page, noAnswer.getMessage()));
    }
  }
}
