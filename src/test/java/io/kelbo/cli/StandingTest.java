package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static String says(
      long records,
      @Nullable Long lag,
      boolean active,
      @Nullable String service,
      @Nullable Integer champion) {
    return new Standing(
            "plant", "latest", records, lag, active, service, champion, null, 0, records, 0,
            counted())
        .sentence();
  }

  /** Kinds and how often each was counted. */
  private static Outflow counted(Object... kinds) {
    Map<String, Object> verdicts = new HashMap<>();
    for (int i = 0; i < kinds.length; i += 2) {
      verdicts.put((String) kinds[i], kinds[i + 1]);
    }
    return Outflow.of(Map.of("verdicts", verdicts), true, "5 per day");
  }

  private static String ready(long held, Outflow outflow) {
    return new Standing("plant", "latest", 9, 0L, true, "ready", 1, null, 0, 9, held, outflow)
        .sentence();
  }

  @Test
  void shouldSayWhatHoldsBackOrMakesVerdictsUseless() {
    assertThat(ready(3, counted("normal", 9))).contains("3 records stand behind a transaction");
    assertThat(ready(0, counted("late", 9, "normal", 0))).contains("But all 9", "input.late");
    assertThat(ready(0, counted("unscorable", 9))).contains("Were fields renamed?");
    assertThat(ready(0, counted("suppressed", 9))).contains("kelbo rules list");
    assertThat(ready(0, counted("normal", 9))).contains("None of 9", "'5 per day'");
    assertThat(ready(0, counted("normal", 9, "anomaly", 1))).doesNotContain("None", "But");
    assertThat(ready(0, Outflow.of(Map.of("verdicts", Map.of("anomaly", 2)), false, "0.01")))
        .contains("'verdicts' is 'none'");
  }

  @Test
  void shouldNotCallRecordsUnreadableBecauseOnlyAnomaliesAreWritten() {
    Map<String, Object> page =
        Map.of("verdicts", Map.of("normal", 5), "dead_letters", Map.of("not_json", 1));

    assertThat(
            new Standing(
                    "plant",
                    "latest",
                    6,
                    0L,
                    true,
                    "ready",
                    1,
                    null,
                    1,
                    0,
                    0,
                    Outflow.of(page, false, "0.01"))
                .sentence())
        .contains("All records have their verdict");
  }

  @Test
  void shouldSayWhyNothingComesOut() {
    assertThat(says(10, null, false, null, null)).contains("no service answers", "kelbo run");
    assertThat(says(0, null, false, null, null)).contains("'plant', which is empty");
    assertThat(says(0, null, false, "warming up 0 of 500", null))
        .contains("'warming up 0 of 500'", "Topic 'plant' is empty");
    assertThat(says(900, null, false, "warming up 0 of 500", null)).contains("earliest");
    assertThat(says(10, 7L, false, null, 1)).contains("no instance is scoring, and 7 records wait");
    assertThat(says(10, 7L, false, "stopped: no rights", 1)).contains("stopped: no rights");
    assertThat(says(10, 7L, true, "not all is running: [REBALANCING]", 1)).contains("REBALANCING");
    assertThat(says(0, 0L, true, "ready", 1)).contains("'plant' is empty");
    assertThat(
            new Standing("plant", "latest", 5, 0L, true, "ready", 1, null, 5, 0, 0, counted())
                .sentence())
        .contains("cannot be read");
  }

  @Test
  void shouldSayThatAllIsWell() {
    assertThat(says(10, 0L, true, "ready", 3)).contains("All records have their verdict");
    assertThat(says(10, 4L, true, null, 3)).contains("4 records wait for theirs");
  }
}
