package io.kelbo.cli;

import org.jspecify.annotations.Nullable;

/**
 * What decides whether anything comes out.
 *
 * @param records how many records the input holds
 * @param lag how many are not judged yet; null where the scoring application has no offsets
 * @param active whether somebody scores
 * @param serviceSays the service's own line, such as {@code warming up 12 of 500}; null where it
 *     does not answer
 * @param champion the version that scores; null where there is none
 * @param refused that it cannot be read, why, and what to do; null where it can
 * @param deadLetters how many records could not be read, at most
 * @param verdicts how many verdicts were written, at most
 * @param held how many records stand behind a transaction that is open
 */
record Standing(
    String topic,
    String from,
    long records,
    @Nullable Long lag,
    boolean active,
    @Nullable String serviceSays,
    @Nullable Integer champion,
    @Nullable String refused,
    long deadLetters,
    long verdicts,
    long held,
    Outflow outflow) {

  /** One sentence: what comes out, or why nothing does, and what to do. */
  String sentence() {
    if (serviceSays != null && serviceSays.startsWith("stopped")) {
      return "Nothing comes out: the service has " + serviceSays + ".";
    }
    if (champion == null) {
      return withoutModel();
    }
    if (serviceSays != null && serviceSays.contains("the schema registry does not answer")) {
      return "Nothing more comes out: %s. Start it, or correct registry.urls."
          .formatted(serviceSays.replaceFirst("^ready, but ", ""));
    }
    if (!active && refused != null) {
      return "Nothing comes out: " + refused;
    }
    if (!active) {
      return "Nothing comes out: no instance is scoring%s. Start 'kelbo run'."
          .formatted(lag == null || lag == 0 ? "" : ", and %,d records wait".formatted(lag));
    }
    if (serviceSays != null && !serviceSays.startsWith("ready")) {
      return "Nothing comes out yet: the service says '%s'.".formatted(serviceSays);
    }
    if (held > 0 && (lag == null || lag == 0)) {
      return "Nothing more comes out: %,d records stand behind a transaction that its producer has not ended. If that lasts, end it: docs/runbooks/hung-transaction.md."
          .formatted(held);
    }
    if (unreadable()) {
      return "No verdict comes out: records cannot be read. Their reasons are in the headers of the dead letters; see also 'kelbo check'.";
    }
    if (lag != null && lag > 0) {
      return "Verdicts come out; %,d records wait for theirs.%s".formatted(lag, outflow.surprise());
    }
    if (records == 0) {
      return "Nothing comes out: topic '%s' is empty. Write records to it.".formatted(topic);
    }
    return "All records have their verdict; the next come with the next records."
        + outflow.surprise();
  }

  /** Where not all verdicts are written, only the service knows of the others. */
  private boolean unreadable() {
    return outflow.verdicts().isEmpty() && !outflow.deadLetters().isEmpty()
        || outflow.all() && verdicts == 0 && deadLetters > 0;
  }

  private String withoutModel() {
    if (serviceSays != null) {
      String hint =
          from.equals("latest")
              ? " It waits for new records; 'input.from: earliest' would learn from those that are there."
              : "";
      return "Nothing comes out yet: there is no model, and the service says '%s'.%s"
          .formatted(serviceSays, records == 0 ? " Topic '" + topic + "' is empty." : hint);
    }
    return "Nothing comes out: there is no model and no service answers here. Start 'kelbo run'%s."
        .formatted(records == 0 ? ", and write records to '" + topic + "', which is empty" : "");
  }
}
