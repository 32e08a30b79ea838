package io.kelbo.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** The fields of one application, in their fixed order; a field's place is its index everywhere. */
public final class Fields {
  private final List<Field> list;
  private final Map<String, Integer> places;
  private final int inputs;
  private final int[] totals;

  /**
   * @throws IllegalArgumentException if there is no field, two of one name, or nothing but targets
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
    this.inputs = (int) list.stream().filter(field -> !field.target()).count();
    this.totals =
        IntStream.range(0, list.size()).filter(place -> list.get(place).total()).toArray();
    if (inputs == 0) {
      throw new IllegalArgumentException(
          "every field is a target, so nothing tells them; declare at least one with the role 'input'");
    }
  }

  public int size() {
    return list.size();
  }

  /** How many of them are no targets. */
  public int inputs() {
    return inputs;
  }

  /** Whether any is a running total. */
  public boolean anyTotal() {
    return totals.length > 0;
  }

  /** The places of the running totals, ascending. */
  public int[] totals() {
    return totals.clone();
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

  /** Whether there is a field of the same name and kind. */
  public boolean knows(Field field) {
    int place = place(field.name());
    return place >= 0 && list.get(place).kind() == field.kind();
  }

  /**
   * The same number for fields of equal names, kinds and steps on every machine; state written for
   * other fields differs. Roles do not count: what is kept of an entity is the same for all of
   * them.
   */
  public int fingerprint() {
    CRC32 crc = new CRC32();
    for (Field field : list) {
      String step = field.total() ? Double.toString(field.step()) : "";
      crc.update((field.name() + '\0' + field.kind().word() + '\0' + step).getBytes(UTF_8));
    }
    return (int) crc.getValue();
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
