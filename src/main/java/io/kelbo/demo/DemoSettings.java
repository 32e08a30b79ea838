package io.kelbo.demo;

import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import io.kelbo.service.SettingsReader;
import java.nio.file.Path;
import java.util.Locale;

/** The demo's configuration: YAML as anybody would write it, read by the same reader. */
final class DemoSettings {
  static final String TOPIC = "plant.telemetry";

  private DemoSettings() {}

  /**
   * @param folder where Kelbo keeps its state
   */
  static String yaml(String bootstrap, Path folder, long seed) {
    return String.format(
        Locale.ROOT,
        """
        kafka:   { bootstrap.servers: "%s" }
        input:   { topic: %s, from: earliest }
        warmup:  { records: 4400 }                      # a day of the plant
        alarms:  { budget: 1 per day }                  # of the plant's days
        retrain: { every: PT24H, window: PT96H }        # in the plant's time, too
        http:    { port: 0 }
        state:   { dir: '%s' }
        seed:    %d
        """,
        bootstrap,
        TOPIC,
        folder.toString().replace("'", "''"),
        seed);
  }

  static Settings read(String yaml) {
    try {
      return new SettingsReader().read(yaml, "the demo's configuration");
    } catch (SettingsProblems wrong) {
      throw new IllegalStateException(wrong.getMessage(), wrong);
    }
  }
}
