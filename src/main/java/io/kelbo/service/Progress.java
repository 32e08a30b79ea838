package io.kelbo.service;

import io.kelbo.topology.LifecycleEvent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the service stands, for health, status and whoever waits. Safe for all threads. */
final class Progress {
  /** From start to end, in this order; {@code FAILED} may follow any. */
  enum State {
    WARMING_UP,
    STARTING,
    RUNNING,
    CLOSED,
    FAILED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param collected records collected for the first model
   * @param wanted how many it waits for
   * @param note what else there is to say; empty for nothing
   */
  record Standing(
      State state,
      int collected,
      int wanted,
      String note,
      @Nullable LifecycleEvent lastTraining,
      @Nullable ServiceFailure failure) {}

  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private boolean closing;
  private Standing standing = new Standing(State.STARTING, 0, 0, "", null, null);

  synchronized Standing standing() {
    return standing;
  }

  synchronized void warmingUp(int collected, int wanted, String note) {
    if (!ended()) {
      standing =
          new Standing(State.WARMING_UP, collected, wanted, note, standing.lastTraining(), null);
    }
  }

  synchronized void starting() {
    move(State.STARTING, null);
  }

  synchronized void running() {
    move(State.RUNNING, null);
  }

  /** From now on nothing fails: what is given up half done is given up because it was asked for. */
  synchronized void closing() {
    closing = true;
  }

  synchronized void closed() {
    move(State.CLOSED, null);
    notifyAll();
  }

  synchronized void failed(ServiceFailure failure) {
    if (closing) {
      LOG.atInfo().addKeyValue("given_up", failure.getMessage()).log("closed before it was done");
      return;
    }
    move(State.FAILED, failure);
    notifyAll();
  }

  synchronized void trained(LifecycleEvent event) {
    standing =
        new Standing(
            standing.state(),
            standing.collected(),
            standing.wanted(),
            standing.note(),
            event,
            standing.failure());
  }

  /** Waits until it is closed or has failed. */
  synchronized void awaitEnd() throws InterruptedException {
    while (!ended()) {
      wait();
    }
  }

  private boolean ended() {
    return standing.state() == State.CLOSED || standing.state() == State.FAILED;
  }

  private void move(State state, @Nullable ServiceFailure failure) {
    if (!ended()) {
      standing =
          new Standing(
              state, standing.collected(), standing.wanted(), "", standing.lastTraining(), failure);
    }
  }
}
