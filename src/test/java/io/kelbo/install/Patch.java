package io.kelbo.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Changes of an object as Kubernetes merges them: JSON merge patch (RFC 7386), and the strategic
 * form, in which lists of named things are merged thing by thing.
 */
final class Patch {
  /** The key by which the things of a list are told apart (patchMergeKey of Kubernetes' types). */
  private static final Map<String, String> KEYS =
      Map.of(
          "containers", "name",
          "volumes", "name",
          "env", "name",
          "imagePullSecrets", "name",
          "volumeMounts", "mountPath",
          "topologySpreadConstraints", "topologyKey");

  private Patch() {}

  static ObjectNode merge(ObjectNode object, JsonNode patch) {
    return apply(object, patch, false);
  }

  static ObjectNode strategic(ObjectNode object, JsonNode patch) {
    return apply(object, patch, true);
  }

  private static ObjectNode apply(ObjectNode object, JsonNode patch, boolean strategic) {
    ObjectNode merged = object.deepCopy();
    for (Map.Entry<String, JsonNode> change : patch.properties()) {
      String field = change.getKey();
      JsonNode value = change.getValue();
      if (value.isNull()) {
        merged.remove(field);
      } else if (strategic && field.startsWith("$")) {
        continue; // Orders and retained keys: no test looks at them.
      } else if (value.isObject() && merged.path(field).isObject()) {
        merged.set(field, apply((ObjectNode) merged.get(field), value, strategic));
      } else if (strategic && key(field, value) != null && merged.path(field).isArray()) {
        merged.set(field, things((ArrayNode) merged.get(field), value, key(field, value)));
      } else {
        merged.set(field, value);
      }
    }
    return merged;
  }

  private static String key(String field, JsonNode things) {
    if (field.equals("ports")) {
      return things.path(0).has("containerPort") ? "containerPort" : "port";
    }
    return KEYS.get(field);
  }

  private static ArrayNode things(ArrayNode there, JsonNode changes, String key) {
    ArrayNode merged = there.deepCopy();
    for (JsonNode change : changes) {
      int at = 0;
      while (at < merged.size() && !merged.get(at).path(key).equals(change.path(key))) {
        at++;
      }
      boolean found = at < merged.size();
      if (change.path("$patch").asText().equals("delete")) {
        if (found) {
          merged.remove(at);
        }
      } else if (found) {
        merged.set(at, apply((ObjectNode) merged.get(at), change, true));
      } else {
        merged.add(change);
      }
    }
    return merged;
  }
}
