package io.kelbo.decide;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which entities were odd among those that a model learned from: by that their held-out scores were
 * moved before they were calibrated, and there {@link Oddness} begins with each. Otherwise the odd
 * ones' scores alone would say what is rare, and of the others nothing would be. Immutable.
 *
 * @param byName those that are odd
 */
public record OddEntities(Map<String, Oddness> byName) {
  /** None is. */
  public static final OddEntities NONE = new OddEntities(Map.of());

  /** So many are kept, the oddest, so that a snapshot stays small. */
  public static final int MOST = 256;

  /** Entities with longer names are taken for usual: a key may be a whole document. */
  public static final int LONGEST_NAME = 128; // characters

  public OddEntities {
    byName = Map.copyOf(byName);
    if (byName.size() > MOST) {
      throw new IllegalArgumentException(
          "there are %d odd entities but may be at most %d".formatted(byName.size(), MOST));
    }
  }

  /**
   * Of held-out scores.
   *
   * @param scores by entity, in nats; entities of fewer than {@link Oddness#LEAST} are usual, since
   *     {@link Oddness} could not have followed them either
   * @param all of them together
   */
  static OddEntities of(Map<String, double[]> scores, Calibration all) {
    Map<String, Oddness> odd = new LinkedHashMap<>();
    scores.forEach(
        (entity, own) -> {
          if (own.length >= Oddness.LEAST && entity.length() <= LONGEST_NAME) {
            odd.put(entity, Oddness.of(Calibration.of(new double[][] {own}), all));
          }
        });
    Map<String, Oddness> oddest = new LinkedHashMap<>();
    odd.entrySet().stream()
        .filter(entity -> entity.getValue().odd())
        .sorted(
            Comparator.comparingDouble(
                    (Map.Entry<String, Oddness> entity) -> -entity.getValue().median())
                .thenComparing(Map.Entry::getKey))
        .limit(MOST)
        .forEach(entity -> oddest.put(entity.getKey(), entity.getValue()));
    return new OddEntities(oddest);
  }

  /** Where {@link Oddness} begins with an entity. */
  public Oddness of(String entity) {
    return byName.getOrDefault(entity, Oddness.USUAL);
  }
}
