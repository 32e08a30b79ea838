package io.kelbo.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.jspecify.annotations.Nullable;

/** A registry in this process: the Confluent REST interface as far as Kelbo uses it. */
public final class HttpRegistry implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  public final List<String> requests = new CopyOnWriteArrayList<>();
  public final List<String> authorizations = new CopyOnWriteArrayList<>();

  /** How many of the next requests are answered with 503. */
  public final AtomicInteger away = new AtomicInteger();

  /** Answers of its own to some paths, such as {@code /schemas/ids/1}. */
  public final Map<String, HttpHandler> odd = new ConcurrentHashMap<>();

  private volatile boolean readOnly;
  private final HttpServer server;
  private final List<String> schemas = new ArrayList<>();
  private final List<String> subjects = new ArrayList<>();

  private final @Nullable String authorization;

  /** Open to everybody, without TLS. */
  public HttpRegistry() throws IOException {
    this(HttpServer.create(), null);
  }

  private HttpRegistry(HttpServer server, @Nullable String authorization) throws IOException {
    this.server = server;
    this.authorization = authorization;
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** With TLS; answers 401 to all who do not send this header. */
  public static HttpRegistry guarded(SSLContext tls, String authorization) throws IOException {
    HttpsServer server = HttpsServer.create();
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new HttpRegistry(server, authorization);
  }

  /** From now on nobody may register. */
  public void forbidWriting() {
    readOnly = true;
  }

  public URI url() {
    return URI.create(
        (server instanceof HttpsServer ? "https" : "http")
            + "://127.0.0.1:"
            + server.getAddress().getPort()
            + "/api");
  }

  /** Registers without asking; the ids begin at 1. */
  public synchronized int add(String subject, String schema) {
    schemas.add(schema);
    subjects.add(subject);
    return schemas.size();
  }

  public synchronized List<String> subjects() {
    return List.copyOf(subjects);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replaceFirst("^/api", "");
    requests.add(exchange.getRequestMethod() + " " + path);
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    HttpHandler own = odd.get(path);
    if (own != null) {
      own.handle(exchange);
      return;
    }
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (authorization != null
        && !authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      say(exchange, 401, "{}");
    } else if (readOnly && exchange.getRequestMethod().equals("POST")) {
      say(exchange, 403, "{}");
    } else if (path.equals("/schemas/types")) {
      say(exchange, 200, "[\"AVRO\"]");
    } else if (away.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      say(exchange, 503, "{}");
    } else if (path.startsWith("/schemas/ids/")) {
      int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
      String schema = schema(id);
      say(
          exchange,
          schema == null ? 404 : 200,
          schema == null
              ? "{\"error_code\":40403}"
              : JSON.createObjectNode().put("schema", schema).toString());
    } else {
      String subject = path.replaceAll("^/subjects/|/versions$", "");
      int id = register(subject, JSON.readTree(body));
      say(exchange, id == 0 ? 409 : 200, id == 0 ? "{\"message\":\"odd\"}" : "{\"id\":" + id + "}");
    }
  }

  private synchronized @Nullable String schema(int id) {
    return id < 1 || id > schemas.size() ? null : schemas.get(id - 1);
  }

  /** The id, or 0 where the newest schema of the subject cannot be read with this one. */
  private synchronized int register(String subject, JsonNode body) {
    Schema wanted = new Schema.Parser().parse(body.get("schema").asText());
    for (int i = schemas.size() - 1; i >= 0; i--) {
      if (subjects.get(i).equals(subject)) {
        Schema before = new Schema.Parser().parse(schemas.get(i));
        if (before.equals(wanted)) {
          return i + 1;
        }
        if (SchemaCompatibility.checkReaderWriterCompatibility(wanted, before).getType()
            != SchemaCompatibilityType.COMPATIBLE) {
          return 0;
        }
      }
    }
    return add(subject, wanted.toString());
  }

  static void say(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
