package io.kelbo.service;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which values are never shown: not in output, not in a log, not in an error. */
public final class Secrets {
  public static final String HIDDEN = "(hidden)";

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(password|passwd|secret|token|credential|user\\.info|sasl\\.jaas\\.config).*"
              + "|.*\\.key(\\..*)?");

  private Secrets() {}

  public static boolean secret(String key) {
    return SECRET.matcher(key).matches();
  }

  public static String shown(String key, String value) {
    return secret(key) ? HIDDEN : value;
  }

  /** A copy that may be shown, in order of keys. */
  public static Map<String, String> shown(Map<String, String> properties) {
    Map<String, String> shown = new TreeMap<>();
    properties.forEach((key, value) -> shown.put(key, shown(key, value)));
    return shown;
  }
}
