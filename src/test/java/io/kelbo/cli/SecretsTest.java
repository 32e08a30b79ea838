package io.kelbo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.service.Service;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Planted secrets, looked for in all that Kelbo says. */
class SecretsTest {
  private static final String SECRET = "xK7-planted-secret-Q2w9";

  @Test
  void shouldNeverShowWhatComesFromAReferenceOrIsSecret(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("secret"), SECRET);
    ByteArrayOutputStream logged = new ByteArrayOutputStream();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    OutputStreamAppender<ILoggingEvent> appender = appender(logged);
    StringBuilder said = new StringBuilder();
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("broker"), 0)) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
        admin.createTopics(List.of(new NewTopic("plant", 1, (short) 1))).all().get();
      }
      root.addAppender(appender);
      root.setLevel(Level.DEBUG);
      Path config =
          Files.writeString(
              dir.resolve("kelbo.yaml"), yaml(broker.bootstrap(), file, dir, "PLAINTEXT"));
      Settings settings = new SettingsReader().read(config);
      try (Service service = Service.start(settings)) {
        for (String page : List.of("/status", "/metrics", "/health/ready", "/none")) {
          said.append(page(service.port(), page));
        }
      }
      for (String command : List.of("check", "status", "topics", "replay")) {
        Shell shell = Shell.run(command, "--debug", "-c", config.toString());
        said.append(shell.out()).append(shell.err());
      }
      Path refused =
          Files.writeString(
              dir.resolve("refused.yaml"), yaml(broker.bootstrap(), file, dir, "SASL_PLAINTEXT"));
      Throwable failure =
          catchThrowable(() -> Service.start(new SettingsReader().read(refused)).close());
      said.append(stack(failure)).append(settings);
      Shell check = Shell.run("check", "--debug", "-c", refused.toString());
      said.append(check.out()).append(check.err());
    } finally {
      root.setLevel(before);
      root.detachAppender(appender);
    }

    assertThat(said.toString()).contains("(hidden)", "kelbo_records").doesNotContain(SECRET);
    assertThat(logged.toString(UTF_8)).contains("DEBUG").doesNotContain(SECRET);
  }

  private static String yaml(String bootstrap, Path file, Path dir, String protocol) {
    return """
        kafka:
          bootstrap.servers: "%s"
          security.protocol: %s
          sasl.mechanism: PLAIN
          sasl.jaas.config: 'org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="${file:%s}";'
          client.rack: ${file:%s}
          ssl.key.password: %s
        input: { topic: plant, from: earliest }
        state.dir: "%s"
        http: { port: 0, token: "${file:%s}" }
        """
        .formatted(bootstrap, protocol, file, file, SECRET, dir.resolve("state"), file);
  }

  private static OutputStreamAppender<ILoggingEvent> appender(ByteArrayOutputStream out) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%level %logger %msg %kvp %ex%n");
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(out);
    appender.start();
    return appender;
  }

  private static String page(int port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + SECRET)
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    return answer.headers().map() + answer.body();
  }

  private static String stack(Throwable failure) {
    StringWriter out = new StringWriter();
    failure.printStackTrace(new PrintWriter(out));
    return out.toString();
  }
}
