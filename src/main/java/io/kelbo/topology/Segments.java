package io.kelbo.topology;

import io.kelbo.model.ModelId;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Which segment a record belongs to: the value of the field that {@code segment} names. Records
 * without it, and those of more values than there may be, belong to the default segment. Of one
 * task.
 */
final class Segments {
  /** Besides the default: each has a sample, snapshots and a judge in every task. */
  static final int MOST = 32;

  private static final int MOST_LETTERS = 64;

  private final @Nullable String path;
  private final Set<String> known;
  private final Refusals refusals;
  private boolean told;

  /**
   * @param path of the field; null for one segment
   * @param known the segments that the task has met before
   * @param refusals told once, of the first value that is one too many
   */
  Segments(@Nullable String path, Set<String> known, Refusals refusals) {
    this.path = path;
    this.known = new LinkedHashSet<>(known);
    this.refusals = refusals;
    this.known.remove(ModelId.DEFAULT_SEGMENT);
  }

  /** The segment of a record, by its leaves. */
  String of(Map<String, Object> leaves) {
    Object leaf = path == null ? null : leaves.get(path);
    if (leaf == null) {
      return ModelId.DEFAULT_SEGMENT;
    }
    String name = name(leaf);
    if (name.equals(ModelId.DEFAULT_SEGMENT) || known.contains(name)) {
      return name;
    }
    if (known.size() >= MOST) {
      if (!told) {
        told = true;
        refusals.add(excess(name));
      }
      return ModelId.DEFAULT_SEGMENT;
    }
    known.add(name);
    return name;
  }

  /** What is said of a segment too many. */
  static String excess(String name) {
    return "'%s' is a segment beyond the %d there may be: its records belong to '%s'; segment in the configuration should name a field of fewer values"
        .formatted(name, MOST, ModelId.DEFAULT_SEGMENT);
  }

  /** A name that is fit for keys: letters, digits, '.', '_' and '-', 64 of them at most. */
  static String name(Object leaf) {
    String text =
        leaf instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
            ? Long.toString((long) (double) number)
            : leaf.toString();
    String fit = text.replaceAll("[^A-Za-z0-9._-]", "_");
    if (fit.equals(text) && !text.isEmpty() && text.length() <= MOST_LETTERS) {
      return text;
    }
    // Two values must not become one segment.
    String hash = Integer.toHexString(Utils.murmur2(text.getBytes(StandardCharsets.UTF_8)));
    return fit.substring(0, Math.min(fit.length(), MOST_LETTERS - 9)) + "-" + hash;
  }
}
