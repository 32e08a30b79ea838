package io.kelbo.service;

/** The README's table of configuration keys, in Markdown. A test compares the two. */
public final class SettingsTable {
  private SettingsTable() {}

  /** The table, ending in a line break. */
  public static String markdown() {
    StringBuilder table = new StringBuilder("| key | value | default | what it is for |\n");
    table.append("|---|---|---|---|\n");
    for (Setting<?> setting : SettingKeys.all()) {
      String without =
          setting.fallback() == null || setting.fallback().isEmpty()
              ? setting.without()
              : "`" + setting.without() + "`";
      table.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  setting.key(),
                  setting.allowed().replace('\'', '`'),
                  without,
                  setting.sentence()));
    }
    return table.toString();
  }

  /** Prints it, for pasting into the README. */
  public static void main(String[] unused) {
    System.out.print(markdown());
  }
}
