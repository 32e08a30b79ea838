package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.model.Episode;
import io.kelbo.model.ModelId;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import io.kelbo.observe.Meters;
import io.kelbo.record.Source;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BookkeepingTest {
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
  private static final Source SOURCE = new Source("plant.telemetry", 2, 41);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Meters meters = new Meters(registry);
  private final Bookkeeping books = new Bookkeeping(meters, () -> NOW);

  @Test
  void shouldKnowWhichEpisodesAreOpenUntilTheTaskGoes() {
    answered("a", Episode.State.OPENED);
    answered("b", Episode.State.CONTINUED);
    answered("b", null);
    answered("a", Episode.State.CLOSED);
    double before = open();

    books.close();

    assertThat(before).isEqualTo(1);
    assertThat(open()).isZero();
    assertThat(meters.total("kelbo.episodes")).isEqualTo(1);
  }

  @Test
  void shouldMeasureHowLongARecordWaitedAndHowRareItIs() {
    answered("a", null);

    assertThat(registry.get("kelbo.latency").timer().totalTime(TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(registry.get("kelbo.rarity").summary().totalAmount()).isEqualTo(2);
    assertThat(registry.get("kelbo.surprisal").summary().totalAmount()).isEqualTo(7);
    assertThat(meters.judged()).containsEntry("plant.telemetry/2", 41L);
    assertThat(meters.byTag("kelbo.verdicts", "kind")).containsOnlyKeys("normal");
  }

  @Test
  void shouldCountMissingCellsByTheirField() {
    try (ScoringBench bench = new ScoringBench(FirstModels.model(1))) {
      bench.row(407, PlantRows.row(407));

      assertThat(bench.meters.byTag("kelbo.missing.cells", "field"))
          .containsOnlyKeys("motor.temperature");
      assertThat(bench.meters.byTag("kelbo.imputed.cells", "field"))
          .containsOnlyKeys("motor.temperature");
      assertThat(bench.meters.total("kelbo.cells")).isGreaterThan(1);
    }
  }

  private void answered(String entity, Episode.@Nullable State state) {
    Episode episode = state == null ? null : new Episode("x", state);
    books.answered(
        new Verdict(
            SOURCE.id(),
            entity,
            NOW,
            VerdictKind.NORMAL,
            "p within budget",
            0.01,
            0.001,
            7,
            5,
            2,
            0,
            episode,
            new ModelId("default", 1),
            List.of(),
            SOURCE),
        List.of(),
        new Origin(SOURCE, null, NOW.toEpochMilli() - 3_000));
  }

  private double open() {
    return registry.get("kelbo.episodes.open").gauge().value();
  }
}
