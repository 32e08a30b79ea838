package io.kelbo.topology;

import static io.kelbo.topology.FuzzTargets.target;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.kelbo.context.Said;
import io.kelbo.format.FormatSettings;
import io.kelbo.format.Formats;
import io.kelbo.model.Episode;
import io.kelbo.model.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** What others may write to topics that Kelbo reads, for {@link Fuzz}: people, and other Kelbos. */
final class TopicFuzz {
  private static final Instant TIME = Instant.parse("2026-11-22T08:13:00Z");
  private static final String HEADERS =
      """
      kelbo.topic=plant
      kelbo.partition=3
      kelbo.offset=81231
      kelbo.time=2026-11-22T08:13:00Z
      kelbo.reason=not_json
      kelbo.replayed=12
      kelbo.own-time=12345678
      kelbo.origin.topic=plant
      kelbo.origin.partition=12345678
      kelbo.origin.key=pump
      """;
  private static final String RULE =
      """
      {"id": "r1", "kind": "minimum_deviation", "entity": "pump-3", "field": "pressure",
       "from": "2026-11-22T08:00:00Z", "minimum": 0.5, "minimum_relative": 0.1, "reason": "why"}
      """;

  private TopicFuzz() {}

  static List<Fuzz.Target> targets() {
    Control control = new Control("default", Control.Action.FREEZE, TIME, "ann", "a test");
    Feedback word =
        new Feedback(
            "plant/0/7",
            "pump-3",
            "default",
            TIME,
            Said.FALSE_ALARM,
            TIME,
            Map.of("pressure", 9.1, "open", true, "mode", "idle"),
            7,
            "ann",
            "note");
    Tally tally =
        new Tally(
            "default", 3, "0_1", 1, 2, 100, 1, 1, 0, List.of(new Tally.Field("x", 1, 2.5, 7)));
    Lookout lookout =
        new Lookout(
            3,
            new Lookout.Counted(100, 1, 1, 2),
            new Lookout.Counted(0, 0, 0, 0),
            true,
            false,
            new TreeSet<>(List.of("x")),
            tally);
    Verdict silent =
        Verdict.silent(
            "plant/0/7", "pump-3", TIME, "why", new Episode("plant/0/7", Episode.State.OPENED));
    Formats avro = new Formats(new FormatSettings("auto", null, null, null, "avro"));
    byte[] verdict = new OutputForm(avro).write("v", "Verdict", VerdictJson.write(silent));
    return List.of(
        target("control", List.of(control.write()), Control::read, IOException.class),
        target("feedback", List.of(word.write()), Feedback::read, IOException.class),
        target(
            "rule",
            List.of(RULE.getBytes(UTF_8)),
            bytes -> RuleJson.read(bytes, TIME, "ann"),
            IOException.class),
        target("tally", List.of(tally.write()), Tally::read, IOException.class),
        target(
            "lookout",
            List.of(LookoutForm.write(lookout)),
            LookoutForm::read,
            IllegalStateException.class),
        target(
            "output",
            List.of(verdict, VerdictJson.write(silent)),
            new OutputReader("Verdict", Formats.json())::json,
            IOException.class),
        target("headers", List.of(HEADERS.getBytes(UTF_8)), TopicFuzz::headers));
  }

  /** Headers of a dead letter and of a regrouped record: nothing in them is an error. */
  private static void headers(byte[] lines) {
    RecordHeaders headers = new RecordHeaders();
    for (String line : new String(lines, ISO_8859_1).split("\n", 100)) {
      String[] header = line.split("=", 2);
      headers.add(header[0], header.length == 1 ? null : header[1].getBytes(ISO_8859_1));
    }
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            "d",
            0,
            7,
            7L,
            TimestampType.CREATE_TIME,
            1,
            1,
            lines,
            lines,
            headers,
            Optional.empty());
    Letter letter = new Letter(record);
    if (letter.obstacle(Map.of("plant", 4)) == null) {
      letter.restored();
    }
    String said = letter.reason() + letter.source() + letter.receiptOf();
    headers.add("said", said.getBytes(ISO_8859_1));
    letter.receipt();
    GuardedTimestamps.ownTime(headers, 7);
    Origin.read(headers);
  }
}
