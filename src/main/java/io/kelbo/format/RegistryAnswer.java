package io.kelbo.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What came back from where a registry should be. Whatever stands before it, such as a proxy,
 * answers too: only what it alone says counts as its word.
 *
 * @param json missing where the body is no JSON
 */
record RegistryAnswer(int status, String body, JsonNode json) {
  // Confluent's codes: no such subject, version, schema.
  private static final int FIRST_UNKNOWN = 40_401;
  private static final int LAST_UNKNOWN = 40_403;
  private static final ObjectMapper JSON = new ObjectMapper();

  RegistryAnswer(int status, String body) {
    this(status, body, json(body));
  }

  boolean good() {
    return status / 100 == 2;
  }

  /** Whether it is good and says what was asked for. */
  boolean says(String what) {
    return good() && json.has(what);
  }

  /** Whether it is refused for who asks. */
  boolean denied() {
    return status == 401 || status == 403;
  }

  /** Whether the registry itself says that it has no such schema. */
  boolean unknown() {
    int code = json.path("error_code").asInt();
    return status == 404 && code >= FIRST_UNKNOWN && code <= LAST_UNKNOWN;
  }

  /** For a list of failures. */
  String failure() {
    return "says %d%s"
        .formatted(status, good() || status == 404 ? ", but not as a schema registry does" : "");
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException aPage) {
      return MissingNode.getInstance();
    }
  }
}
