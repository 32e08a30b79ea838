package io.kelbo.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of one application, in their fixed order; a field's place is its index everywhere. */
public final class Fields {
  private final List<Field> list;
  private final Map<String, Integer> places;

  /**
   * @throws IllegalArgumentException if there is no field, or two of one name
   */
  public Fields(List<Field> list) {
    if (list.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no field to learn from: declare at least one under input.fields");
    }
    this.list = List.copyOf(list);
    this.places = new HashMap<>();
    for (Field field : list) {
      if (places.put(field.name(), places.size()) != null) {
        throw new IllegalArgumentException(
            "field '%s' is declared twice; give each name once".formatted(field.name()));
      }
    }
  }

  public int size() {
    return list.size();
  }

  public Field get(int place) {
    return list.get(place);
  }

  public List<Field> list() {
    return list;
  }

  /** The place of a name, or -1. */
  public int place(String name) {
    return places.getOrDefault(name, -1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fields fields && list.equals(fields.list);
  }

  @Override
  public int hashCode() {
    return list.hashCode();
  }

  @Override
  public String toString() {
    return list.toString();
  }
}
