package io.kelbo.topology;

import io.kelbo.context.Recent;
import io.kelbo.context.Said;
import io.kelbo.record.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What people said of alarms, applied to the sample before it is learned from. An alarm is the
 * record that was named and the flagged ones after it in its run, until 16 usual ones followed.
 *
 * <p>Confirmed records are cut out, which parts their run in two. Those of a false alarm, or of an
 * accepted level, are flagged no longer and stand {@value #WEIGHT} times in the sample, each time
 * behind the records that came before them.
 */
final class Lessons {
  /** How many times as much a false alarm counts as a record that nobody spoke of. */
  static final int WEIGHT = 3;

  /** What is repeated is at most this share of the sample, the context before it included. */
  static final double MOST_REPEATED = 0.1;

  /** As many usual records in a row end an episode. */
  private static final int QUIET = 16;

  private final PublishedFeedback feedback;
  private final KeyValueStore<String, byte[]> said;

  Lessons(PublishedFeedback feedback, KeyValueStore<String, byte[]> said) {
    this.feedback = feedback;
    this.said = said;
  }

  /** The sample as people see it; the order of the runs stays, repeats follow at the end. */
  List<Run> applied(List<Run> sample) {
    List<Run> taught = new ArrayList<>();
    List<Run> repeats = new ArrayList<>();
    for (Run run : sample) {
      Map<String, Said> words = new HashMap<>();
      feedback.of(run.entity(), said).forEach(word -> words.put(word.anomaly(), word.said()));
      if (words.isEmpty()) {
        taught.add(run);
      } else {
        List<Said> heard = heard(run.moments(), words);
        taught.addAll(withoutConfirmed(run, heard));
        repeats.addAll(welcome(run, heard));
      }
    }
    long most = (long) (MOST_REPEATED * records(sample));
    long repeated = 0;
    for (Run repeat : repeats) {
      for (int copy = 1; copy < WEIGHT; copy++) {
        repeated += repeat.moments().size();
        if (repeated <= most) {
          taught.add(repeat);
        }
      }
    }
    return taught;
  }

  /** For each record what holds for it: the word on the alarm that it belongs to. */
  private static List<Said> heard(List<Run.Moment> moments, Map<String, Said> words) {
    List<Said> heard = new ArrayList<>();
    Said now = Said.NOTHING;
    int quiet = 0;
    for (Run.Moment moment : moments) {
      @Nullable Said word = words.get(moment.source().id());
      quiet = moment.flagged() || word != null ? 0 : quiet + 1;
      now = word != null ? word : quiet >= QUIET ? Said.NOTHING : now;
      heard.add(moment.flagged() || word != null ? now : Said.NOTHING);
    }
    return heard;
  }

  private static List<Run> withoutConfirmed(Run run, List<Said> heard) {
    List<Run> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= heard.size(); i++) {
      if (i == heard.size() || heard.get(i) == Said.CONFIRMED) {
        if (i > from) {
          parts.add(part(run, heard, from, i));
        }
        from = i + 1;
      }
    }
    return parts;
  }

  /** Each false alarm from its first record to its last, behind what came before it. */
  private static List<Run> welcome(Run run, List<Said> heard) {
    List<Run> parts = new ArrayList<>();
    int confirmed = -1; // the last one
    for (int i = 0; i < heard.size(); i++) {
      if (heard.get(i) == Said.CONFIRMED) {
        confirmed = i;
      } else if (heard.get(i) != Said.NOTHING) {
        int end = i + 1;
        for (int j = end; j < heard.size() && j - end < QUIET; j++) {
          if (heard.get(j) == Said.CONFIRMED) {
            break;
          }
          end = heard.get(j) == Said.NOTHING ? end : j + 1;
        }
        parts.add(part(run, heard, Math.max(confirmed + 1, i - Recent.WINDOW), end));
        i = end - 1;
      }
    }
    return parts;
  }

  private static Run part(Run run, List<Said> heard, int from, int to) {
    List<Run.Moment> part = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Run.Moment moment = run.moments().get(i);
      boolean flagged = moment.flagged() && heard.get(i) == Said.NOTHING;
      part.add(new Run.Moment(moment.time(), moment.source(), moment.observation(), flagged));
    }
    return new Run(run.entity(), part);
  }

  private static long records(List<Run> runs) {
    return runs.stream().mapToLong(run -> run.moments().size()).sum();
  }
}
