package io.kelbo.topology;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a task knows of its records' shape: the paths that it has seen, those that came later, and
 * the schemas. Kept in a store, so that a restart tells nothing twice.
 */
final class KnownShape {
  /** The first records of a task show what is usual; what comes after them is new. */
  static final int BASELINE = 100;

  private static final int MOST_PATHS = 5_000;
  private static final int MOST_NEWCOMERS = 64;
  private static final int MOST_SCHEMAS = 200;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, List<String>>> LISTS = new TypeReference<>() {};

  private final Set<String> paths;
  private final Set<String> newcomers;
  private final Set<String> schemas;
  private int records;

  private KnownShape(Map<String, List<String>> lists) {
    paths = new LinkedHashSet<>(lists.getOrDefault("paths", List.of()));
    newcomers = new LinkedHashSet<>(lists.getOrDefault("newcomers", List.of()));
    schemas = new LinkedHashSet<>(lists.getOrDefault("schemas", List.of()));
    records = lists.getOrDefault("records", List.of()).size();
  }

  static KnownShape read(byte @Nullable [] bytes) {
    try {
      return new KnownShape(bytes == null ? Map.of() : JSON.readValue(bytes, LISTS));
    } catch (IOException notOurs) {
      throw new UncheckedIOException("the store of known paths cannot be read", notOurs);
    }
  }

  byte[] write() {
    try {
      return JSON.writeValueAsBytes(
          Map.of(
              "paths", paths,
              "newcomers", newcomers,
              "schemas", schemas,
              "records", Collections.nCopies(records, "")));
    } catch (IOException cannotHappen) {
      throw new UncheckedIOException(cannotHappen);
    }
  }

  boolean settled() {
    return records >= BASELINE;
  }

  void count() {
    records = Math.min(BASELINE, records + 1);
  }

  boolean knows(String path) {
    return paths.contains(path);
  }

  void add(String path) {
    if (paths.size() < MOST_PATHS) {
      paths.add(path);
    }
  }

  /** Whether a path is new and will be carried to the trainer. */
  boolean welcome(String path) {
    return paths.size() < MOST_PATHS && newcomers.size() < MOST_NEWCOMERS && newcomers.add(path);
  }

  Set<String> newcomers() {
    return newcomers;
  }

  /** The schema that came last, as text; null before the first. */
  @Nullable String newest() {
    String last = null;
    for (String schema : schemas) {
      last = schema;
    }
    return last;
  }

  /** Whether a schema is a new one. */
  boolean addSchema(String schema) {
    return schemas.size() < MOST_SCHEMAS && schemas.add(schema);
  }
}
