package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.context.EntityState;
import io.kelbo.model.Episode;
import io.kelbo.model.Judged;
import io.kelbo.model.ModelId;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import io.kelbo.record.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alarms of long ago are quiet. */
class BacklogTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final Backlog BACKLOG = new Backlog(Duration.ofHours(1), () -> NOW);

  private final EntityState state =
      EntityState.read("pump-1", FirstModels.model(1).layout().fields(), null);

  @Test
  void shouldSayLateAndForgetTheEpisodeThatNobodyHeardOf() {
    state.episode("plant.telemetry/0/7", 0);

    Verdict quiet =
        BACKLOG.quiet(judged(NOW.minusSeconds(3_601), Episode.State.OPENED), state).verdict();

    assertThat(quiet.kind()).isEqualTo(VerdictKind.LATE);
    assertThat(quiet.reason()).isEqualTo("older than lag.max, PT1H");
    assertThat(quiet.alarming()).isFalse();
    assertThat(quiet.surprisal()).isEqualTo(41.7);
    assertThat(state.episode()).isNull();
  }

  @Test
  void shouldStillCloseAnEpisodeThatWasAnnounced() {
    Verdict quiet =
        BACKLOG.quiet(judged(NOW.minusSeconds(7_200), Episode.State.CLOSED), state).verdict();

    assertThat(quiet.kind()).isEqualTo(VerdictKind.LATE);
    assertThat(quiet.alarming()).isTrue();
  }

  @Test
  void shouldLeaveNewRecordsAsTheyWereJudgedAndAllWhereThereIsNoBound() {
    Judged fresh = judged(NOW.minusSeconds(3_599), Episode.State.OPENED);
    Judged old = judged(NOW.minusSeconds(100_000), Episode.State.OPENED);

    assertThat(BACKLOG.quiet(fresh, state)).isSameAs(fresh);
    assertThat(new Backlog(null, () -> NOW).quiet(old, state)).isSameAs(old);
  }

  private static Judged judged(Instant time, Episode.State episode) {
    Source source = new Source("plant.telemetry", 0, 7);
    Verdict verdict =
        new Verdict(
            source.id(),
            "pump-1",
            time,
            VerdictKind.ANOMALY,
            "p below budget",
            1e-7,
            1e-5,
            41.7,
            38.2,
            3.5,
            0.8,
            new Episode(source.id(), episode),
            new ModelId("default", 1),
            List.of(),
            source);
    return new Judged(verdict);
  }
}
