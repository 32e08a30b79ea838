package io.kelbo.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The kinds that a cluster with the Prometheus operator and KEDA serves, as discovery tells them.
 */
final class ServedKinds {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Group and version to kinds; the core group is {@code v1}. */
  private static final Map<String, List<String>> KINDS =
      new TreeMap<>(
          Map.of(
              "v1",
              List.of("ConfigMap", "Pod", "Secret", "Service", "ServiceAccount"),
              "apps/v1",
              List.of("Deployment", "StatefulSet"),
              "policy/v1",
              List.of("PodDisruptionBudget"),
              "networking.k8s.io/v1",
              List.of("NetworkPolicy"),
              "monitoring.coreos.com/v1",
              List.of("PodMonitor", "PrometheusRule", "ServiceMonitor"),
              "keda.sh/v1alpha1",
              List.of("ScaledObject")));

  private ServedKinds() {}

  /** What discovery answers at a path; empty where the path leads to objects. */
  static Optional<JsonNode> at(String path) {
    String version = path.replaceFirst("^/apis?/", "");
    if (path.equals("/version")) {
      return Optional.of(
          JSON.createObjectNode()
              .put("major", "1")
              .put("minor", "30")
              .put("gitVersion", "v" + Chart.KUBERNETES));
    } else if (path.equals("/api")) {
      ObjectNode versions = JSON.createObjectNode().put("kind", "APIVersions");
      versions.putArray("versions").add("v1");
      return Optional.of(versions);
    } else if (path.equals("/apis")) {
      return Optional.of(groups());
    }
    return Optional.ofNullable(KINDS.get(version)).map(kinds -> resources(version, kinds));
  }

  /** The kind whose objects lie in a collection of this name; empty where there is none. */
  static Optional<String> kept(String plural) {
    return KINDS.values().stream()
        .flatMap(List::stream)
        .filter(kind -> plural(kind).equals(plural))
        .findFirst();
  }

  private static String plural(String kind) {
    String lower = kind.toLowerCase(java.util.Locale.ROOT);
    return lower.endsWith("y") ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s";
  }

  private static ObjectNode groups() {
    ObjectNode list = JSON.createObjectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    for (String version : KINDS.keySet()) {
      if (version.contains("/")) {
        ObjectNode group = groups.addObject().put("name", version.split("/")[0]);
        ObjectNode served =
            JSON.createObjectNode()
                .put("groupVersion", version)
                .put("version", version.split("/")[1]);
        group.putArray("versions").add(served);
        group.set("preferredVersion", served);
      }
    }
    return list;
  }

  private static ObjectNode resources(String version, List<String> kinds) {
    ObjectNode list =
        JSON.createObjectNode()
            .put("kind", "APIResourceList")
            .put("apiVersion", "v1")
            .put("groupVersion", version);
    ArrayNode resources = list.putArray("resources");
    for (String kind : kinds) {
      resources
          .addObject()
          .put("name", plural(kind))
          .put("singularName", "")
          .put("namespaced", true)
          .put("kind", kind)
          .putPOJO("verbs", List.of("create", "delete", "get", "list", "patch", "update"));
    }
    return list;
  }
}
