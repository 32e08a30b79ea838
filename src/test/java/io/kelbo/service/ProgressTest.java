package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {
  private final Progress progress = new Progress();

  @Test
  void shouldFailOnlyUntilItIsBeingClosed() {
    progress.closing();

    progress.failed(new ServiceFailure("what was interrupted"));
    progress.closed();

    assertThat(progress.standing().state()).isEqualTo(Progress.State.CLOSED);
    assertThat(progress.standing().failure()).isNull();
  }

  @Test
  void shouldKeepTheFailureForWhichItIsClosed() {
    ServiceFailure failure = new ServiceFailure("what went wrong");
    progress.failed(failure);

    progress.closing();
    progress.closed();

    assertThat(progress.standing().state()).isEqualTo(Progress.State.FAILED);
    assertThat(progress.standing().failure()).isSameAs(failure);
  }
}
