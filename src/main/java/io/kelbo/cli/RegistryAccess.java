package io.kelbo.cli;

import io.kelbo.format.Formats;
import io.kelbo.service.Settings;
import java.util.List;

/** Whether the schema registry takes who we are. Of one that does not answer it says nothing. */
final class RegistryAccess {
  private RegistryAccess() {}

  /** Adds that it refuses us, or is not trusted: {@code run} stops at that. */
  static void tell(Settings settings, List<String> problems) {
    try {
      Formats.atTerminal(settings.formats()).checkAccess();
    } catch (IllegalArgumentException refused) {
      problems.add(String.valueOf(refused.getMessage()));
    }
  }
}
