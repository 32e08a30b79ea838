package io.kelbo.record;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user says of the input; what is not said is inferred.
 *
 * @param fields if any are given, only they are used
 * @param ignore paths that are never used, with all that is below them
 * @param entity {@code key}, {@code partition} or a dotted path; null to infer
 * @param time dotted path; null for the record's own timestamp
 * @param segment dotted path of what tells segments apart, which is no field; null for one segment
 * @param ordered whether records follow each other; of rows without order nothing is a total
 */
public record Declared(
    List<Field> fields,
    Set<String> ignore,
    @Nullable String entity,
    @Nullable String time,
    @Nullable String segment,
    boolean ordered) {
  public Declared {
    fields = List.copyOf(fields);
    ignore = Set.copyOf(ignore);
  }

  /** Of records in order. */
  public Declared(
      List<Field> fields,
      Set<String> ignore,
      @Nullable String entity,
      @Nullable String time,
      @Nullable String segment) {
    this(fields, ignore, entity, time, segment, true);
  }

  /** Of one segment. */
  public Declared(
      List<Field> fields, Set<String> ignore, @Nullable String entity, @Nullable String time) {
    this(fields, ignore, entity, time, null);
  }

  /** Nothing said: everything is inferred. */
  public static Declared nothing() {
    return new Declared(List.of(), Set.of(), null, null);
  }

  /** The same of rows without order. */
  public Declared withoutOrder() {
    return new Declared(fields, ignore, entity, time, segment, false);
  }

  /** Whether a path, or one above it, is never used. */
  public boolean ignores(String path) {
    if (path.equals(segment)) {
      return true;
    }
    for (String ignored : ignore) {
      if (path.equals(ignored) || path.startsWith(ignored + ".")) {
        return true;
      }
    }
    return false;
  }
}
