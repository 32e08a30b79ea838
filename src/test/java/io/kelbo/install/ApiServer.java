package io.kelbo.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * As much of Kubernetes' API server as Helm talks to: tells its kinds, keeps objects, merges
 * patches, and refuses to change what Kubernetes never changes. No controller acts on the objects.
 */
final class ApiServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What an update of a StatefulSet may change (apps/v1, Kubernetes 1.30). */
  private static final Set<String> CHANGEABLE =
      Set.of(
          "replicas",
          "ordinals",
          "template",
          "updateStrategy",
          "persistentVolumeClaimRetentionPolicy",
          "minReadySeconds");

  private final HttpServer http;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final Map<String, ObjectNode> objects = new TreeMap<>();
  private long version;

  private final Predicate<JsonNode> kubelet;

  private ApiServer(HttpServer http, Predicate<JsonNode> kubelet) {
    this.http = http;
    this.kubelet = kubelet;
  }

  static ApiServer start() throws IOException {
    return start(
        pod -> {
          throw new UnsupportedOperationException("no pod runs here: " + pod);
        });
  }

  /** One where pods that are created run: to their end, and whether that was a good one. */
  static ApiServer start(Predicate<JsonNode> kubelet) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ApiServer server = new ApiServer(http, kubelet);
    http.createContext("/", server::answer);
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /** A kubeconfig that leads here. */
  String access() {
    return """
        apiVersion: v1
        kind: Config
        current-context: here
        clusters: [ { name: here, cluster: { server: "http://127.0.0.1:%d" } } ]
        contexts: [ { name: here, context: { cluster: here, user: nobody, namespace: plants } } ]
        users: [ { name: nobody, user: {} } ]
        """
        .formatted(http.getAddress().getPort());
  }

  /** What was installed; Helm's own records are left out. */
  synchronized List<JsonNode> installed() {
    return objects.values().stream()
        .filter(object -> !object.path("type").asText().startsWith("helm.sh/"))
        .<JsonNode>map(ObjectNode::deepCopy)
        .toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Answer answer;
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/openapi/v2")) {
        // The empty document, in protobuf: it describes no kind, so that Helm's client checks none.
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      answer =
          ServedKinds.at(path)
              .map(kinds -> new Answer(200, kinds))
              .orElseGet(() -> onObjects(exchange, path, body));
      byte[] bytes = JSON.writeValueAsBytes(answer.body());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.code(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private record Answer(int code, JsonNode body) {}

  private synchronized Answer onObjects(HttpExchange exchange, String path, byte[] body) {
    ObjectNode there = objects.get(path);
    try {
      return switch (exchange.getRequestMethod()) {
        case "POST" -> create(path, object(body));
        case "GET" -> there == null ? listOrNothing(exchange, path) : new Answer(200, there);
        case "PUT" -> new Answer(200, keep(path, object(body)));
        case "PATCH" -> there == null ? nothing(path) : patch(exchange, path, there, body);
        case "DELETE" -> there == null ? nothing(path) : new Answer(200, objects.remove(path));
        default -> refusal(405, "MethodNotAllowed", exchange.getRequestMethod());
      };
    } catch (IOException unreadable) {
      return refusal(400, "BadRequest", String.valueOf(unreadable.getMessage()));
    }
  }

  /** Helm's client writes its own records in protobuf, all else in JSON, and reads both. */
  private static ObjectNode object(byte[] body) throws IOException {
    return SentSecret.is(body) ? SentSecret.json(body) : (ObjectNode) JSON.readTree(body);
  }

  private Answer create(String collection, ObjectNode object) {
    String path = collection + "/" + object.at("/metadata/name").asText();
    if (objects.containsKey(path)) {
      return refusal(409, "AlreadyExists", path + " already exists");
    }
    ((ObjectNode) object.path("metadata")).put("uid", "uid-" + ++version);
    if (object.path("kind").asText().equals("Pod")) {
      boolean well = kubelet.test(object);
      object.putObject("status").put("phase", well ? "Succeeded" : "Failed");
    }
    return new Answer(201, keep(path, object));
  }

  private ObjectNode keep(String path, ObjectNode object) {
    ((ObjectNode) object.path("metadata")).put("resourceVersion", Long.toString(++version));
    objects.put(path, object);
    return object;
  }

  private Answer patch(HttpExchange exchange, String path, ObjectNode there, byte[] body)
      throws IOException {
    JsonNode change = JSON.readTree(body);
    Iterator<String> changed = change.path("spec").fieldNames();
    while (path.contains("/statefulsets/") && changed.hasNext()) {
      String field = changed.next();
      if (!field.startsWith("$") && !CHANGEABLE.contains(field)) {
        return refusal(
            422, "Invalid", "updates to statefulset spec for '" + field + "' are forbidden");
      }
    }
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    ObjectNode merged =
        type.startsWith("application/strategic")
            ? Patch.strategic(there, change)
            : Patch.merge(there, change);
    return new Answer(200, keep(path, merged));
  }

  private Answer listOrNothing(HttpExchange exchange, String path) {
    Optional<String> kind = ServedKinds.kept(path.substring(path.lastIndexOf('/') + 1));
    if (kind.isEmpty()) {
      return nothing(path);
    }
    ObjectNode list =
        JSON.createObjectNode().put("apiVersion", "v1").put("kind", kind.get() + "List");
    list.putObject("metadata").put("resourceVersion", Long.toString(version));
    List<String> wanted = selector(exchange);
    list.putArray("items")
        .addAll(
            objects.entrySet().stream()
                .filter(object -> object.getKey().startsWith(path + "/"))
                .map(Map.Entry::getValue)
                .filter(object -> labels(object).containsAll(wanted))
                .toList());
    return new Answer(200, list);
  }

  /** Of {@code labelSelector=a=b,c=d}. */
  private static List<String> selector(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    return Stream.of((query == null ? "" : query).split("&"))
        .filter(part -> part.startsWith("labelSelector="))
        .map(part -> URLDecoder.decode(part.substring(14), StandardCharsets.UTF_8))
        .flatMap(selector -> Stream.of(selector.split(",")))
        .toList();
  }

  private static List<String> labels(JsonNode object) {
    return object.at("/metadata/labels").properties().stream()
        .map(label -> label.getKey() + "=" + label.getValue().asText())
        .toList();
  }

  private static Answer nothing(String path) {
    return refusal(404, "NotFound", path + " is not here");
  }

  private static Answer refusal(int code, String reason, String message) {
    return new Answer(
        code,
        JSON.createObjectNode()
            .put("apiVersion", "v1")
            .put("kind", "Status")
            .put("status", "Failure")
            .put("reason", reason)
            .put("message", message)
            .put("code", code));
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
