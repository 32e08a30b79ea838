package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static String says(
      long records,
      @Nullable Long lag,
      boolean active,
      @Nullable String service,
      @Nullable Integer champion) {
    return new Standing("plant", "latest", records, lag, active, service, champion, 0, records)
        .sentence();
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
    assertThat(new Standing("plant", "latest", 5, 0L, true, "ready", 1, 5, 0).sentence())
        .contains("cannot be read");
  }

  @Test
  void shouldSayThatAllIsWell() {
    assertThat(says(10, 0L, true, "ready", 3)).contains("All records have their verdict");
    assertThat(says(10, 4L, true, null, 3)).contains("4 records wait for theirs");
  }
}
