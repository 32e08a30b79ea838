package io.kelbo.observe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's Prometheus on loopback, as compose has it but for scraping one port each second. */
public final class Prometheus implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private Prometheus(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it in a folder; skips the test where it is not installed. */
  public static Prometheus start(Path folder, int scraped) throws IOException {
    String program = Promtool.program("prometheus");
    Path home = Path.of(System.getProperty("kelbo.home", ".")).toAbsolutePath();
    Path config = folder.resolve("prometheus.yaml");
    // The one of compose, so that its labels are tried; only faster, and with this machine's names.
    Files.writeString(
        config,
        Files.readString(home.resolve("docker/prometheus.yaml"))
            .replace("interval: 10s", "interval: 1s")
            .replace("/etc/kelbo/grafana", home.resolve("grafana").toString())
            .replace("kelbo:8080", "127.0.0.1:" + scraped));
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                List.of(
                    program,
                    "--config.file=" + config,
                    "--storage.tsdb.path=" + folder.resolve("data"),
                    "--web.listen-address=127.0.0.1:" + port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    return new Prometheus(process, port);
  }

  /**
   * The result's samples at this moment; empty where there is none, or it cannot be asked yet.
   *
   * @throws IllegalArgumentException if Prometheus does not take the query
   */
  public JsonNode ask(String query) throws InterruptedException {
    return ask("query?query=", query, "");
  }

  /** The same over a time: from and to in seconds since 1970, a sample each second. */
  public JsonNode range(String query, long from, long to) throws InterruptedException {
    return ask("query_range?query=", query, "&start=%d&end=%d&step=1".formatted(from, to));
  }

  private JsonNode ask(String how, String query, String when) throws InterruptedException {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    URI uri = URI.create("http://127.0.0.1:%d/api/v1/%s%s%s".formatted(port, how, encoded, when));
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 400 || answer.statusCode() == 422) {
        throw new IllegalArgumentException(query + ": " + answer.body());
      }
      return new ObjectMapper().readTree(answer.body()).at("/data/result");
    } catch (IOException notUpYet) {
      return new ObjectMapper().createArrayNode();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
