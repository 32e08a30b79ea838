package io.kelbo.topology;

import io.kelbo.context.EntityState;
import io.kelbo.model.Judged;
import io.kelbo.model.Opinion;
import io.kelbo.record.Incoming;
import io.kelbo.record.UnreadableRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people say, brought before the judge: the rules in use, and feedback on the entity. */
final class Counsel {
  private static final Logger LOG = LoggerFactory.getLogger(Counsel.class);

  private final PublishedRules rules;
  private final KeyValueStore<String, byte[]> ruled;
  private final PublishedFeedback feedback;
  private final KeyValueStore<String, byte[]> said;

  Counsel(
      PublishedRules rules,
      KeyValueStore<String, byte[]> ruled,
      PublishedFeedback feedback,
      KeyValueStore<String, byte[]> said) {
    this.rules = rules;
    this.ruled = ruled;
    this.feedback = feedback;
    this.said = said;
  }

  /** The verdict under the rules and feedback of this moment: they change between records only. */
  Judged judge(Seat.Sitting sitting, Incoming incoming, EntityState state) {
    List<Feedback> words = feedback.of(incoming.entity(), said);
    if (!words.isEmpty()) {
      sitting.judge().heed(opinions(sitting, words), state);
    }
    return sitting.judge().judge(incoming, state, rules.book(ruled));
  }

  private static List<Opinion> opinions(Seat.Sitting sitting, List<Feedback> words) {
    List<Opinion> opinions = new ArrayList<>();
    for (Feedback word : words) {
      try {
        opinions.add(
            new Opinion(word.anomaly(), word.said(), sitting.reader().observe(word.observation())));
      } catch (UnreadableRecord otherFields) {
        LOG.atDebug()
            .addKeyValue("anomaly", word.anomaly())
            .addKeyValue("reason", String.valueOf(otherFields.getMessage()))
            .log("feedback on a record of other fields is left out");
      }
    }
    return opinions;
  }
}
