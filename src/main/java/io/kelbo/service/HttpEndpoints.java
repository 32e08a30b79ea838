package io.kelbo.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Metrics, health and status on one port. Nothing here changes anything. */
final class HttpEndpoints implements AutoCloseable {
  static {
    // Read once by the JDK's server, in seconds. Without it, two clients that never end their
    // request would hold both threads for ever, and the health checks would fail.
    for (String limit : new String[] {"maxReqTime", "maxRspTime"}) {
      System.getProperties().putIfAbsent("sun.net.httpserver." + limit, "5");
    }
    // What is sent all the same is read so far, in bytes: a connection that ends in the middle of
    // it
    // would take the refusal with it.
    System.getProperties().putIfAbsent("sun.net.httpserver.drainAmount", "1048576");
    // Of one request, in headers and in bytes; and of connections at once.
    System.getProperties().putIfAbsent("sun.net.httpserver.maxReqHeaders", "50");
    System.getProperties().putIfAbsent("sun.net.httpserver.maxReqHeaderSize", "16384");
    System.getProperties().putIfAbsent("jdk.httpserver.maxConnections", "200");
  }

  private static final List<String> READS = List.of("GET", "HEAD");
  private static final String THERE_ARE =
      "there are /status, /metrics, /health/live and /health/ready\n";

  private final HttpServer server;
  private final ExecutorService threads;

  private record Page(int code, String type, String body) {}

  private HttpEndpoints(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * @throws ServiceFailure if the port is taken or the host is not ours
   */
  static HttpEndpoints open(
      Settings.Http where, PrometheusMeterRegistry registry, ServiceStatus status) {
    HttpServer server;
    try {
      server = server(where);
    } catch (ServiceFailure tls) {
      throw tls;
    } catch (IOException | RuntimeException taken) {
      throw new ServiceFailure(
          "http.host '%s' and http.port '%d' cannot be served on (%s): choose a free port, or 0 for any"
              .formatted(where.host(), where.port(), taken.getMessage()),
          taken);
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(2, task -> Service.daemon(task, "kelbo-http"));
    server.setExecutor(threads);
    HttpGuard guard = new HttpGuard(where, System::nanoTime);
    serve(
        server,
        guard,
        "/metrics",
        () -> new Page(200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape()));
    serve(server, guard, "/health/live", () -> page(status.live()));
    serve(server, guard, "/health/ready", () -> page(status.health()));
    serve(server, guard, "/status", () -> new Page(200, "application/json", status.json()));
    // All else, too, is answered by us: guarded, counted and with our headers.
    serve(server, guard, "/", () -> new Page(200, "text/plain; charset=utf-8", THERE_ARE));
    server.start();
    return new HttpEndpoints(server, threads);
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static Page page(ServiceStatus.Health health) {
    return new Page(health.well() ? 200 : 503, "text/plain; charset=utf-8", health.line() + "\n");
  }

  private static HttpServer server(Settings.Http where) throws IOException {
    InetSocketAddress address = new InetSocketAddress(where.host(), where.port());
    if (where.tls() == null) {
      return HttpServer.create(address, 16);
    }
    HttpsServer server = HttpsServer.create(address, 16);
    server.setHttpsConfigurator(new HttpsConfigurator(HttpTls.context(where.tls())));
    return server;
  }

  private static void serve(HttpServer server, HttpGuard guard, String path, Supplier<Page> pages) {
    boolean open = path.startsWith("/health/");
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            HttpGuard.Refusal refusal = guard.refusal(exchange, open);
            if (refusal != null) {
              answer(exchange, new Page(refusal.code(), "text/plain", refusal.text()));
              return;
            }
            if (!exchange.getRequestURI().getPath().equals(path)) {
              answer(exchange, new Page(404, "text/plain", "no such page; " + THERE_ARE));
            } else if (READS.contains(exchange.getRequestMethod())) {
              answer(exchange, pages.get());
            } else {
              exchange.getResponseHeaders().set("Allow", String.join(", ", READS));
              answer(exchange, new Page(405, "text/plain", "only GET\n"));
            }
          }
        });
  }

  private static void answer(HttpExchange exchange, Page page) throws IOException {
    byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
    HttpGuard.protect(exchange.getResponseHeaders());
    exchange.getResponseHeaders().set("Content-Type", page.type());
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(page.code(), -1);
      return;
    }
    exchange.sendResponseHeaders(page.code(), body.length);
    exchange.getResponseBody().write(body);
  }
}
