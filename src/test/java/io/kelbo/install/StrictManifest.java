package io.kelbo.install;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reads a manifest into Kubernetes' own kinds, and names every key that they do not have. */
final class StrictManifest {
  private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();
  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private StrictManifest() {}

  /** Unknown keys by path; empty where all is well. Throws where a value has the wrong form. */
  static List<String> strangers(JsonNode manifest) {
    String kind = manifest.path("kind").asText();
    Class<?> custom = OperatorKinds.SPECS.get(kind);
    List<String> strangers = new ArrayList<>();
    if (custom != null) {
      try {
        STRICT.treeToValue(manifest.path("spec"), custom);
      } catch (com.fasterxml.jackson.core.JsonProcessingException unknown) {
        strangers.add(kind + ": " + unknown.getOriginalMessage());
      }
      return strangers;
    }
    Object typed = KUBERNETES.unmarshal(manifest.toString(), HasMetadata.class);
    if (typed instanceof GenericKubernetesResource) {
      return List.of(kind + " is no kind of Kubernetes");
    }
    walk(kind, typed, strangers);
    return strangers;
  }

  private static void walk(String path, Object value, List<String> strangers) {
    if (value instanceof Collection<?> all) {
      all.forEach(one -> walk(path + "[]", one, strangers));
    } else if (value != null && value.getClass().getName().startsWith("io.fabric8.")) {
      for (Method method : value.getClass().getMethods()) {
        if (method.getParameterCount() == 0 && method.getName().startsWith("get")) {
          Object inner = call(method, value);
          if (method.getName().equals("getAdditionalProperties")) {
            ((Map<?, ?>) inner).keySet().forEach(key -> strangers.add(path + "." + key));
          } else if (!method.getName().equals("getClass")) {
            walk(path + "." + method.getName().substring(3), inner, strangers);
          }
        }
      }
    }
  }

  private static Object call(Method method, Object value) {
    try {
      return method.invoke(value);
    } catch (ReflectiveOperationException unreadable) {
      throw new IllegalStateException(method + " cannot be called", unreadable);
    }
  }
}
