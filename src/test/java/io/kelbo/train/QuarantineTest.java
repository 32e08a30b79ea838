package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.record.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is flagged is held back, but never so much or so long that a detector is locked out. */
class QuarantineTest {
  private static final int SECONDS = 1_000;
  private static final int ENTITIES = 20;
  private static final Duration HALF = Duration.ofSeconds(SECONDS / 2);

  private final List<Run.Moment> moments = new ArrayList<>();
  private final List<String> entities = new ArrayList<>();

  @Test
  void shouldHoldBackAOneOffFaultAsLongAsItIsInTheWindow() {
    fill((entity, second) -> entity == 3 && second < 100);

    assertThat(held(3)).isEqualTo(100);
  }

  @Test
  void shouldHoldBackATenthAtMostTheNewest() {
    fill((entity, second) -> second >= 500);

    boolean[] held = new Quarantine(moments, entities, HALF).held();

    assertThat(count(held)).isEqualTo(SECONDS * ENTITIES / 10);
    assertThat(IntStream.range(0, held.length).filter(i -> held[i]))
        .allMatch(i -> moments.get(i).time().isAfter(Sampled.START.plusSeconds(898)));
  }

  @Test
  void shouldLearnWhatBecameUsualForOneEntityThoughItIsASmallShareOfAll() {
    fill((entity, second) -> entity == 3); // a twentieth of all records, for ever

    assertThat(held(3)).isEqualTo(SECONDS / 2);
  }

  @Test
  void shouldNotTakeAnEntityForChangedThatWasQuietMeanwhile() {
    fill((entity, second) -> entity == 3 && (second < 50 || second > 950));

    assertThat(held(3)).isEqualTo(50 + 49);
  }

  private void fill(BiPredicate<Integer, Integer> flagged) {
    for (int second = 0; second < SECONDS; second++) {
      for (int entity = 0; entity < ENTITIES; entity++) {
        moments.add(
            Sampled.moment(
                new double[Sampled.D], second, entity, second, flagged.test(entity, second)));
        entities.add("e" + entity);
      }
    }
  }

  private long held(int entity) {
    boolean[] held = new Quarantine(moments, entities, HALF).held();
    assertThat(IntStream.range(0, held.length).filter(i -> held[i]))
        .allMatch(i -> entities.get(i).equals("e" + entity));
    return count(held);
  }

  private static long count(boolean[] held) {
    return IntStream.range(0, held.length).filter(i -> held[i]).count();
  }
}
