package io.kelbo.record;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the first rows how the input is read. Pure: same rows, same layout, fields in order
 * of first appearance. Runs once for the application; the layout travels in every snapshot.
 */
public final class LayoutInference {
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}");
  private static final int MAX_CATEGORIES = 64;
  private static final int MAX_CHARACTERS = 64;
  private static final int MIN_REPEATS = 5;
  // 2001-01-01 and 2100-01-01, in seconds.
  private static final double EPOCH_FROM = 978_307_200;
  private static final double EPOCH_TO = 4_102_444_800.0;

  private LayoutInference() {}

  /** A path that is not learned from, and why: a sentence fragment for {@code check}. */
  public record LeftOut(String path, String reason) {}

  /** The layout, and what is not in it. */
  public record Inference(InputLayout layout, List<LeftOut> leftOut) {
    public Inference {
      leftOut = List.copyOf(leftOut);
    }
  }

  /** As {@link #explain}, of one partition, without the reasons. */
  public static InputLayout infer(
      List<Map<String, Object>> rows, List<@Nullable String> keys, Declared declared) {
    return explain(rows, keys, declared).layout();
  }

  /** As the other, of one partition. */
  public static Inference explain(
      List<Map<String, Object>> rows, List<@Nullable String> keys, Declared declared) {
    return explain(rows, keys, List.of(), declared);
  }

  /**
   * @param rows leaves by dotted path, in arrival order
   * @param keys the record key of each row, null where there is none
   * @param sources where each row stands; empty for one partition
   * @throws IllegalArgumentException if nothing is left to learn from, saying why
   */
  public static Inference explain(
      List<Map<String, Object>> rows,
      List<@Nullable String> keys,
      List<Source> sources,
      Declared declared) {
    EntityRule entity =
        declared.entity() == null ? inferEntity(keys) : EntityRule.of(declared.entity());
    List<Field> fields = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    if (!declared.fields().isEmpty()) {
      Map<String, FieldEvidence> all = evidence(rows, keys, sources, entity);
      declared
          .fields()
          .forEach(
              field ->
                  fields.add(
                      FieldInference.stepping(field, all.get(field.name()), declared.ordered())));
      Set<String> named = fields.stream().map(Field::name).collect(Collectors.toSet());
      for (String path : all.keySet()) {
        if (!named.contains(path)) {
          leftOut.add(new LeftOut(path, "not among the declared input.fields"));
        }
      }
    } else {
      for (FieldEvidence seen : evidence(rows, keys, sources, entity).values()) {
        String reason = reasonAgainst(seen, rows, keys, entity, declared);
        if (reason == null) {
          fields.add(FieldInference.of(seen, declared.ordered()));
        } else {
          leftOut.add(new LeftOut(seen.path, reason));
        }
      }
    }
    if (fields.isEmpty()) {
      throw new IllegalArgumentException(nothing(rows.size(), leftOut));
    }
    return new Inference(new InputLayout(new Fields(fields), entity, declared.time()), leftOut);
  }

  /** The key if it groups records (two or more a key, on average), else the partition. */
  private static EntityRule inferEntity(List<@Nullable String> keys) {
    List<String> given =
        keys.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList();
    boolean groups = new HashSet<>(given).size() * 2 <= given.size();
    return !given.isEmpty() && given.size() * 2 >= keys.size() && groups
        ? new EntityRule.Key()
        : new EntityRule.Partition();
  }

  private static Map<String, FieldEvidence> evidence(
      List<Map<String, Object>> rows,
      List<@Nullable String> keys,
      List<Source> sources,
      EntityRule entity) {
    Map<String, FieldEvidence> seen = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Map<String, Object> row = rows.get(i);
      String key = i < keys.size() ? keys.get(i) : null;
      String about = about(entity, row, key, i < sources.size() ? sources.get(i) : null);
      row.forEach((path, leaf) -> seen.computeIfAbsent(path, FieldEvidence::new).add(leaf, about));
    }
    return seen;
  }

  /** What a row goes on from: its entity's rows, and of those the ones of its topic. */
  private static String about(
      EntityRule entity, Map<String, Object> row, @Nullable String key, @Nullable Source source) {
    if (entity instanceof EntityRule.Partition) {
      return source == null ? "" : source.topic() + "/" + source.partition();
    }
    Object name = entity instanceof EntityRule.Path path ? row.get(path.path()) : key;
    return name + (source == null ? "" : "@" + source.topic());
  }

  private static @Nullable String reasonAgainst(
      FieldEvidence seen,
      List<Map<String, Object>> rows,
      List<@Nullable String> keys,
      EntityRule entity,
      Declared declared) {
    if (declared.ignores(seen.path)) {
      return "named in input.ignore";
    }
    if (seen.path.equals(entity.word())) {
      return "it is the entity";
    }
    if (seen.path.equals(declared.time())) {
      return "it is the record's time";
    }
    if (seen.present() == 0) {
      return "it never has a value";
    }
    if (rows.size() >= 20 && seen.present() < Math.max(2, rows.size() / 100)) {
      return "it is in %d of %d records only".formatted(seen.present(), rows.size());
    }
    if (seen.flag() || RisingFields.counter(seen, declared.ordered())) {
      return null;
    }
    if (seen.numeric()) {
      return reasonAgainstNumber(seen, declared);
    }
    if (entity instanceof EntityRule.Key && sameAsKey(seen.path, rows, keys)) {
      return "it repeats the key, which is the entity";
    }
    return reasonAgainstText(seen);
  }

  private static @Nullable String reasonAgainstNumber(FieldEvidence seen, Declared declared) {
    if (seen.distinct() == 1) {
      return seen.whole() && seen.namedLikeIdentifier() ? "an identifier, by its name" : null;
    }
    if (epochs(seen) && (seen.namedLikeTime() || rises(seen))) {
      return "a time in epoch numbers; name it under input.time to use it as the record's time";
    }
    String rising = RisingFields.against(seen, declared.ordered());
    if (rising != null || RisingFields.total(seen, declared.ordered())) {
      return rising;
    }
    if (seen.whole() && seen.namedLikeIdentifier()) {
      return "an identifier, by its name; declare it as a category, or as the entity, to use it";
    }
    if (seen.whole() && seen.distinct() == seen.present() && seen.scattered()) {
      return "an identifier: whole numbers, all different, spread evenly";
    }
    return null;
  }

  private static boolean rises(FieldEvidence seen) {
    return Math.max(seen.steps().rising(), seen.own().rising()) >= 0.9;
  }

  private static boolean epochs(FieldEvidence seen) {
    for (double unit : new double[] {1, 1e3, 1e6, 1e9}) {
      if (seen.min() >= EPOCH_FROM * unit && seen.max() <= EPOCH_TO * unit) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String reasonAgainstText(FieldEvidence seen) {
    if (seen.share(text -> TimeText.written(text) != null) >= 0.9) {
      return "a time in text; name it under input.time to use it as the record's time";
    }
    if (seen.share(text -> UUID.matcher(text).matches()) >= 0.9) {
      return "an identifier (UUIDs)";
    }
    if (seen.share(text -> text.length() > MAX_CHARACTERS) > 0) {
      return "free text: longer than %d characters".formatted(MAX_CHARACTERS);
    }
    int distinct = seen.distinct();
    if (distinct > MAX_CATEGORIES || distinct * MIN_REPEATS > seen.present()) {
      return "text with %d different values in %d records: no category (at most %d, each %d times or more)"
          .formatted(distinct, seen.present(), MAX_CATEGORIES, MIN_REPEATS);
    }
    return null;
  }

  private static boolean sameAsKey(
      String path, List<Map<String, Object>> rows, List<@Nullable String> keys) {
    for (int i = 0; i < rows.size(); i++) {
      Object leaf = rows.get(i).get(path);
      if (leaf != null && !leaf.equals(keys.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static String nothing(int rows, List<LeftOut> leftOut) {
    String seen =
        leftOut.isEmpty()
            ? "no field has a value"
            : leftOut.stream()
                .limit(5)
                .map(out -> "'%s': %s".formatted(out.path(), out.reason()))
                .collect(Collectors.joining("; "));
    return "there is no field to learn from in %d records (%s): declare at least one under input.fields"
        .formatted(rows, seen);
  }
}
