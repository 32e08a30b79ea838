package io.kelbo.topology;

import io.kelbo.train.Trainer;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people want of training: read leniently, told, and noted in the segment's marker. */
final class Requests {
  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  private final Announcer announcer;
  private final Beginning beginning;

  Requests(Announcer announcer, Beginning beginning) {
    this.announcer = announcer;
    this.beginning = beginning;
  }

  /** People may write by hand; a slip of theirs stops nothing: it is told, and null returned. */
  @Nullable Control read(byte @Nullable [] value, Instant now) {
    try {
      return Control.read(Objects.requireNonNullElse(value, new byte[0]));
    } catch (IOException notOurs) {
      LOG.atWarn().addKeyValue("reason", notOurs.getMessage()).log("control record left out");
      announcer.tell(
          LifecycleEvent.refused(
              "a record on 'control' is left out: %s; 'kelbo model train' and 'freeze' write there"
                  .formatted(notOurs.getMessage()),
              now));
      return null;
    }
  }

  /**
   * Heeds one, and returns the segment's marker with it.
   *
   * @param records how many the segment's sample holds
   * @param streamTime in ms
   */
  Marker heed(Control control, Marker marker, long records, long streamTime, Instant now) {
    if (control.action() != Control.Action.TRAIN) {
      boolean on = control.action() == Control.Action.FREEZE;
      announcer.tell(Ending.frozen(control, on, now));
      return marker.freezing(on);
    }
    if (records < Trainer.MINIMUM_RECORDS || !beginning.possible(control.segment())) {
      announcer.tellOfTraining(Ending.tooFew(control, records, now));
      return marker;
    }
    return marker.dueAt(streamTime, Marker.Cause.DEMAND);
  }
}
