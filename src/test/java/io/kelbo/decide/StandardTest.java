package io.kelbo.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Records of entities of which some are odd, held against each other. */
class StandardTest {
  private static final int EACH = 2_000;

  private final Random random = new Random(3);

  /** Scores of an entity, so many times as large as usual. */
  private double[] scores(int count, double times) {
    return random.doubles(count).map(u -> -StrictMath.log(1 - u) * times).toArray(); // exponential
  }

  private List<Standard.Stretch> ten(int each, double timesOfTheLast) {
    List<Standard.Stretch> stretches = new ArrayList<>();
    for (int e = 0; e < 10; e++) {
      stretches.add(new Standard.Stretch("e" + e, scores(each, e == 9 ? timesOfTheLast : 1)));
    }
    return stretches;
  }

  private double below(Standard standard, String entity, double times) {
    int small = 0;
    for (double score : scores(20_000, times)) {
      small += standard.pValue(entity, score) < 0.01 ? 1 : 0;
    }
    return small / 20_000.0;
  }

  @Test
  void shouldLetAnOddEntitySayNothingOfWhatIsRareAmongTheOthers() {
    List<Standard.Stretch> stretches = ten(EACH, 6);

    Standard together = Standard.ofRecords(stretches);
    Standard each = Standard.ofEntities(stretches);

    assertThat(below(together, "e1", 1)).isLessThan(0.001);
    assertThat(below(together, "e9", 6)).isGreaterThan(0.07);
    assertThat(below(each, "e1", 1)).isEqualTo(0.01, within(0.003));
    assertThat(below(each, "e9", 6)).isBetween(0.005, 0.05);
    assertThat(each.odd().byName()).containsOnlyKeys("e9");
  }

  @Test
  void shouldJoinTheStretchesOfAnEntity() {
    List<Standard.Stretch> halves = new ArrayList<>();
    for (Standard.Stretch stretch : ten(Oddness.LEAST, 6)) {
      double[] all = stretch.scores();
      halves.add(new Standard.Stretch(stretch.entity(), java.util.Arrays.copyOf(all, 60)));
      halves.add(
          new Standard.Stretch(
              stretch.entity(), java.util.Arrays.copyOfRange(all, 60, all.length)));
    }

    assertThat(Standard.ofEntities(halves).odd().byName()).containsOnlyKeys("e9");
  }

  @Test
  void shouldTakeAnEntityOfFewRecordsForUsual() {
    Standard standard = Standard.ofEntities(ten(Oddness.LEAST - 1, 6));

    assertThat(standard.odd()).isEqualTo(OddEntities.NONE);
  }

  @Test
  void shouldChangeNothingWhereThereIsOneEntity() {
    List<Standard.Stretch> one = List.of(new Standard.Stretch("e", scores(EACH, 1)));

    Standard standard = Standard.ofEntities(one);

    assertThat(standard.odd()).isEqualTo(OddEntities.NONE);
    assertThat(standard.calibration().scores())
        .containsExactly(Standard.ofRecords(one).calibration().scores());
  }

  @Test
  void shouldKeepTheOddestOfManyAndNoLongNames() {
    List<Standard.Stretch> stretches = new ArrayList<>();
    for (int e = 0; e < 1_000; e++) {
      stretches.add(new Standard.Stretch("usual" + e, scores(120, 1)));
    }
    for (int e = 0; e < 400; e++) {
      stretches.add(new Standard.Stretch("odd" + e, scores(120, e < 200 ? 3 : 6)));
    }
    stretches.add(new Standard.Stretch("n".repeat(OddEntities.LONGEST_NAME + 1), scores(120, 6)));

    Map<String, Oddness> odd = Standard.ofEntities(stretches).odd().byName();

    assertThat(odd).hasSize(OddEntities.MOST);
    assertThat(odd.keySet()).allMatch(name -> name.startsWith("odd"));
    assertThat(odd.keySet().stream().filter(name -> Integer.parseInt(name.substring(3)) >= 200))
        .hasSize(200);
  }

  @Test
  void shouldRefuseMoreOddEntitiesThanASnapshotMayHold() {
    Map<String, Oddness> many = new HashMap<>();
    for (int e = 0; e <= OddEntities.MOST; e++) {
      many.put("e" + e, new Oddness(1, 1));
    }

    assertThatThrownBy(() -> new OddEntities(many)).hasMessageContaining("at most 256");
  }
}
