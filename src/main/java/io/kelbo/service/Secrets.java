package io.kelbo.service;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Which values are never shown: not in output, not in a log, not in an error. */
public final class Secrets {
  public static final String HIDDEN = "(hidden)";

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(password|passwd|secret|token|credential|user\\.info|sasl\\.jaas\\.config).*"
              + "|.*\\.key(\\..*)?");

  // Values that came from ${env:…} or ${file:…}, of the whole process: whoever writes a reference
  // does not want its value seen, whatever the key is called.
  private static final Set<String> REFERENCED = ConcurrentHashMap.newKeySet();

  private static final int SHORTEST = 4; // shorter ones would hide half of everything

  private Secrets() {}

  /** Hides from now on every client property that holds this value. */
  static void remember(String value) {
    if (value.length() >= SHORTEST) {
      REFERENCED.add(value);
    }
  }

  public static boolean secret(String key) {
    return SECRET.matcher(key).matches();
  }

  public static String shown(String key, String value) {
    return secret(key) ? HIDDEN : value;
  }

  /** A copy of client properties that may be shown, in order of keys. */
  public static Map<String, String> shown(Map<String, String> properties) {
    Map<String, String> shown = new TreeMap<>();
    properties.forEach(
        (key, value) -> shown.put(key, referenced(key, value) ? HIDDEN : shown(key, value)));
    return shown;
  }

  private static boolean referenced(String key, String value) {
    return !key.equals("bootstrap.servers") && REFERENCED.stream().anyMatch(value::contains);
  }
}
