package io.kelbo.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The real Apicurio Registry in a JVM of its own, on loopback; its schemas are in a file and
 * survive a restart. The Maven profile {@code registry} unpacks it.
 */
public final class Apicurio implements AutoCloseable {
  private static final Path HOME = Path.of("target", "apicurio");
  private static final int JAVA = 21;

  /** Of the user {@code kelbo}, whom alone it lets in. */
  public static final String PASSWORD = "a registry's password";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path java;
  private final Path folder;
  private final int port = free();
  private final int management = free();
  private @Nullable Process process;

  public Apicurio(Path java, Path folder) throws IOException {
    this.java = java;
    this.folder = folder;
  }

  /** A Java from 21 on: what JAVA21_HOME names, or this one; null where neither is. */
  public static @Nullable Path java() {
    String home = System.getenv("JAVA21_HOME");
    if (home == null && Runtime.version().feature() >= JAVA) {
      home = System.getProperty("java.home");
    }
    return home == null ? null : Path.of(home, "bin", "java");
  }

  /** Returns when it answers; of incompatible schemas it is then to speak. */
  public void start() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                java.toString(),
                "-Xmx256m",
                // A user of Quarkus' own, which no variable can name.
                "-Dquarkus.http.auth.basic=true",
                "-Dquarkus.security.users.embedded.plain-text=true",
                "-Dquarkus.security.users.embedded.users.kelbo=" + PASSWORD,
                "-Dquarkus.security.users.embedded.roles.kelbo=sr-developer",
                "-Dquarkus.http.auth.permission.kelbo.paths=/apis/*",
                "-Dquarkus.http.auth.permission.kelbo.policy=authenticated",
                "-jar",
                "quarkus-run.jar")
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder
        .environment()
        .putAll(
            Map.of(
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", "" + port,
                // Else on all interfaces.
                "QUARKUS_MANAGEMENT_HOST", "127.0.0.1",
                "QUARKUS_MANAGEMENT_PORT", "" + management,
                "APICURIO_STORAGE_KIND", "sql",
                "APICURIO_STORAGE_SQL_KIND", "h2",
                "APICURIO_DATASOURCE_URL", "jdbc:h2:file:" + folder.resolve("schemas")));
    Process started = builder.start();
    process = started;
    Awaitility.await()
        .atMost(PATIENCE)
        .failFast(() -> assertThat(started.isAlive()).as("it runs, see " + log()).isTrue())
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> ask("GET", "/schemas/types", "") == 200);
    if (ask("PUT", "/config", "{\"compatibility\": \"BACKWARD\"}") != 200) {
      throw new IOException("the registry takes no rule of compatibility");
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:%d/apis/ccompat/v7".formatted(port));
  }

  /** As {@code kelbo} with a password. */
  public RegistrySettings settings(String password) {
    return new RegistrySettings(List.of(url()), authorization(password), null, null, null);
  }

  private static String authorization(String password) {
    byte[] pair = ("kelbo:" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private Path log() {
    return folder.resolve("apicurio.log");
  }

  private int ask(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Authorization", authorization(PASSWORD))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Ends it, until it is started again. */
  @Override
  public void close() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroy();
      if (!running.waitFor(20, TimeUnit.SECONDS)) {
        running.destroyForcibly().waitFor();
      }
    }
  }
}
