package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kelbo health} against the pages that a service serves. */
class HealthCommandTest {
  private HttpServer server;
  private final AtomicInteger asked = new AtomicInteger();

  /** Alive at once, ready from the third time on. */
  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    page("/health/live", () -> 200, "live\n");
    page("/health/ready", () -> asked.incrementAndGet() < 3 ? 503 : 200, "says so\n");
    server.start();
  }

  private interface Status {
    int now();
  }

  private void page(String path, Status status, String body) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status.now(), bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  @Test
  void shouldSayNoWhileTheServiceIsNotReady() {
    Shell shell = Shell.run("health", "--address", address());

    assertThat(shell.code()).isEqualTo(1);
    assertThat(shell.out()).isEqualToIgnoringNewLines("says so");
  }

  @Test
  void shouldAskAgainUntilTheServiceIsReady() {
    Shell shell = Shell.run("health", "--address", address(), "--within", "PT30S");

    assertThat(shell.code()).isZero();
    assertThat(asked).hasValue(3);
  }

  @Test
  void shouldTellLifeFromReadiness() {
    Shell shell = Shell.run("health", "--live", "--address", address());

    assertThat(shell.code()).isZero();
    assertThat(shell.out()).isEqualToIgnoringNewLines("live");
    assertThat(asked).hasValue(0);
  }

  @Test
  void shouldFindTheAddressInTheConfiguration(@TempDir Path folder) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("kelbo.yaml"),
            "kafka: { bootstrap.servers: 'a:1' }\ninput: { topic: t }\nhttp: { host: 0.0.0.0, port: %d }\n"
                .formatted(server.getAddress().getPort()));

    Shell shell = Shell.run("health", "--live", "--config", config.toString());

    assertThat(shell.code()).isZero();
  }

  @Test
  void shouldSayThatNothingAnswers() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }

    Shell shell = Shell.run("health", "--address", "127.0.0.1:" + port);

    assertThat(shell.code()).isEqualTo(3);
    assertThat(shell.out()).contains("does not answer");
  }
}
