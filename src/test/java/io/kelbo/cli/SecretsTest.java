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
import io.kelbo.format.HttpRegistry;
import io.kelbo.service.Service;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Planted secrets, looked for in all that Kelbo says. */
class SecretsTest {
  /** By where they are planted; each with a word of its own, so that one that shows is known. */
  private static final Map<String, String> SECRETS =
      Stream.of(
              "jaas", "rack", "key", "keystore", "truststore", "token", "basic", "bearer", "trust")
          .collect(Collectors.toMap(name -> name, name -> "xK7-planted-" + name + "-Q2w9"));

  private static final List<String> COMMANDS =
      List.of(
          "check",
          "check --json",
          "status",
          "topics",
          "topics --acls --principal User:kelbo",
          "health",
          "model list",
          "model train",
          "rules list",
          "feedback plant/0/0 confirmed",
          "generate --count 1",
          "replay",
          "reset");

  private final StringBuilder said = new StringBuilder();

  @Test
  void shouldNeverShowWhatComesFromAReferenceOrIsSecret(@TempDir Path dir) throws Exception {
    for (Map.Entry<String, String> secret : SECRETS.entrySet()) {
      Files.writeString(dir.resolve(secret.getKey()), secret.getValue());
    }
    ByteArrayOutputStream logged = new ByteArrayOutputStream();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    OutputStreamAppender<ILoggingEvent> appender = appender(logged);
    List<String> authorizations;
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("broker"), 0);
        HttpRegistry registry = new HttpRegistry()) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
        admin.createTopics(List.of(new NewTopic("plant", 1, (short) 1))).all().get();
      }
      root.addAppender(appender);
      root.setLevel(Level.DEBUG);
      Yaml yaml = new Yaml(dir, broker.bootstrap(), registry.url());
      Path open = yaml.file("open", "PLAINTEXT", "user: kelbo, password: '${file:basic}'", "");
      Settings settings = new SettingsReader().read(open);
      try (Service service = Service.start(settings)) {
        for (String page : List.of("/status", "/metrics", "/health/ready", "/none")) {
          said.append(page(service.port(), page));
        }
      }
      say(open, COMMANDS);
      said.append(settings).append(settings.formats());
      fail(yaml.file("refused", "SASL_PLAINTEXT", "token: '${file:bearer}'", ""), List.of("check"));
      fail(
          yaml.file(
              "shut", "PLAINTEXT", "token: '${file:bearer}'", "truststore: /nowhere/at-all.p12,"),
          List.of("check", "status", "model list", "feedback plant/0/0 confirmed"));
      authorizations = List.copyOf(registry.authorizations);
    } finally {
      root.setLevel(before);
      root.detachAppender(appender);
    }

    // They were used, and hidden.
    assertThat(authorizations).contains("Bearer " + SECRETS.get("bearer"), basic());
    assertThat(said.toString()).contains("(hidden)", "kelbo_records", "registry.tls.truststore");
    assertThat(logged.toString(UTF_8)).contains("DEBUG");
    for (String secret : SECRETS.values()) {
      assertThat(said.toString()).doesNotContain(secret);
      assertThat(logged.toString(UTF_8)).doesNotContain(secret);
    }
    assertThat(said.toString()).doesNotContain(basic());
    assertThat(logged.toString(UTF_8)).doesNotContain(basic());
  }

  /** A service that cannot start, and what the commands then say. */
  private void fail(Path config, List<String> commands) {
    Throwable failure =
        catchThrowable(() -> Service.start(new SettingsReader().read(config)).close());
    assertThat(failure).isNotNull();
    said.append(stack(failure));
    say(config, commands);
  }

  private void say(Path config, List<String> commands) {
    for (String command : commands) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.addAll(List.of("--debug", "-c", config.toString()));
      Shell shell = Shell.run(words.toArray(String[]::new));
      said.append(shell.out()).append(shell.err());
    }
  }

  private static String basic() {
    byte[] pair = ("kelbo:" + SECRETS.get("basic")).getBytes(UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Configurations with a secret wherever one may stand. */
  private record Yaml(Path dir, String bootstrap, URI registry) {
    Path file(String name, String protocol, String auth, String tls) throws IOException {
      String yaml =
          """
          kafka:
            bootstrap.servers: "%s"
            security.protocol: %s
            sasl.mechanism: PLAIN
            sasl.jaas.config: 'org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="${file:jaas}";'
            client.rack: ${file:rack}
            ssl.key.password: %s
            ssl.keystore.location: /nowhere/keys.p12
            ssl.keystore.password: '${file:keystore}'
            ssl.truststore.location: /nowhere/trust.p12
            ssl.truststore.password: '${file:truststore}'
          input: { topic: plant, from: earliest }
          state.dir: "%s"
          http: { port: 0, token: "${file:token}" }
          registry:
            urls: [ "%s" ]
            auth: { %s }
            tls: { %s truststore-password: '${file:trust}' }
          """
              .formatted(
                  bootstrap,
                  protocol,
                  SECRETS.get("key"),
                  dir.resolve("state"),
                  registry,
                  auth,
                  tls);
      return Files.writeString(
          dir.resolve(name + ".yaml"), yaml.replace("${file:", "${file:" + dir + "/"));
    }
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
            .header("Authorization", "Bearer " + SECRETS.get("token"))
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
