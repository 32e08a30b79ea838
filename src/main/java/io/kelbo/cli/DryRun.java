package io.kelbo.cli;

import io.kelbo.context.EntityState;
import io.kelbo.format.Formats;
import io.kelbo.format.SchemaUnavailable;
import io.kelbo.model.Judge;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.Provenance;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import io.kelbo.record.Incoming;
import io.kelbo.record.LayoutInference;
import io.kelbo.record.LayoutInference.Inference;
import io.kelbo.record.RecordReader;
import io.kelbo.record.Run;
import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.WireForm;
import io.kelbo.service.Settings;
import io.kelbo.topology.Sources;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import io.kelbo.train.TrainingSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the service would make of some records: what it can read, what it infers, and, learned from
 * the older 80 %, what it says of the rest. Writes nothing.
 */
final class DryRun {
  private static final double LEARNED_SHARE = 0.8;

  private final Settings settings;
  private final WireForm form;
  private final Map<String, Integer> formats = new TreeMap<>();
  private final List<Map<String, Object>> rows = new ArrayList<>();
  private final List<@Nullable String> keys = new ArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> readable = new ArrayList<>();
  private final Map<String, Integer> unreadable = new TreeMap<>();
  private @Nullable String example;
  private int tombstones;
  private @Nullable Inference inference;
  private int learned;
  private String outcome = "";
  private final List<Verdict> verdicts = new ArrayList<>();
  private @Nullable Model model;

  private DryRun(Settings settings, WireForm form) {
    this.settings = settings;
    this.form = form;
  }

  /**
   * @param records in order of arrival
   */
  static DryRun of(Settings settings, List<ConsumerRecord<byte[], byte[]>> records) {
    Formats formats = Formats.atTerminal(settings.formats());
    DryRun run = new DryRun(settings, formats.whole(settings.input().maxBytes()));
    try {
      records.forEach(run::parse);
    } catch (SchemaUnavailable away) {
      run.outcome = String.valueOf(away.getMessage());
      return run;
    }
    if (run.infer()) {
      run.judge(run.observe());
    }
    return run;
  }

  /** How many records came in which form: {@code json}, {@code avro-confluent}, … */
  Map<String, Integer> formats() {
    return formats;
  }

  /** Records that fit what was inferred. */
  int readable() {
    return readable.size();
  }

  int tombstones() {
    return tombstones;
  }

  /** How many could not be read, by reason. */
  Map<String, Integer> unreadable() {
    return unreadable;
  }

  /** The message of the first that could not be read, or null. */
  @Nullable String example() {
    return example;
  }

  /** Null where nothing could be inferred: {@link #outcome} says why. */
  @Nullable Inference inference() {
    return inference;
  }

  /** How many records were learned from. */
  int learned() {
    return learned;
  }

  /** What came of training, or why there was none. */
  String outcome() {
    return outcome;
  }

  /** Null where nothing was learned. */
  @Nullable Model model() {
    return model;
  }

  /** Of the records that were not learned from. */
  List<Verdict> verdicts() {
    return verdicts;
  }

  /** The rarest first. */
  List<Verdict> anomalies() {
    return verdicts.stream()
        .filter(verdict -> verdict.kind() == VerdictKind.ANOMALY)
        .sorted(Comparator.comparingDouble(Verdict::pValue))
        .toList();
  }

  private void parse(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      tombstones++;
      return;
    }
    try {
      WireForm.Content content = form.read(record.value());
      rows.add(content.leaves());
      formats.merge(content.written().format(), 1, Integer::sum);
      readable.add(record);
      byte[] key = record.key();
      keys.add(key == null || key.length == 0 ? null : RecordReader.keyText(key));
    } catch (UnreadableRecord refused) {
      count(refused);
    }
  }

  private void count(UnreadableRecord refused) {
    unreadable.merge(refused.reason().word(), 1, Integer::sum);
    example = example == null ? refused.getMessage() : example;
  }

  private boolean infer() {
    if (rows.isEmpty()) {
      outcome = "there is no readable record to learn from";
      return false;
    }
    try {
      inference =
          LayoutInference.explain(
              rows, keys, readable.stream().map(Sources::of).toList(), settings.input().declared());
      return true;
    } catch (IllegalArgumentException nothing) {
      outcome = String.valueOf(nothing.getMessage());
      return false;
    }
  }

  private List<Incoming> observe() {
    List<Incoming> incoming = new ArrayList<>();
    if (inference == null) {
      return incoming;
    }
    RecordReader reader =
        new RecordReader(inference.layout(), form, settings.input().topic().several());
    List<ConsumerRecord<byte[], byte[]>> parsed = List.copyOf(readable);
    for (int row = 0; row < parsed.size(); row++) {
      ConsumerRecord<byte[], byte[]> record = parsed.get(row);
      try {
        Instant stamp = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
        incoming.add(reader.incoming(Sources.of(record), record.key(), rows.get(row), stamp));
      } catch (UnreadableRecord refused) {
        readable.remove(record);
        count(refused);
      }
    }
    return incoming;
  }

  private void judge(List<Incoming> incoming) {
    List<Incoming> older = incoming.subList(0, (int) (incoming.size() * LEARNED_SHARE));
    if (inference == null || older.size() < Trainer.MINIMUM_RECORDS) {
      outcome =
          "too few records for a dry run: %d would be learned from, %d are needed"
              .formatted(older.size(), Trainer.MINIMUM_RECORDS);
      return;
    }
    Outcome trained =
        Trainer.train(
            inference.layout(),
            runs(older),
            new TrainingSettings(settings.seed(), settings.budget(), false),
            new Lineage(new ModelId(ModelId.DEFAULT_SEGMENT, 1), Instant.now(), null, ends(older)));
    outcome = trained.reason();
    if (trained instanceof Outcome.Promoted promoted) {
      learned = older.size();
      model = promoted.model();
      Judge judge = new Judge(promoted.model(), settings.input().late());
      Map<String, EntityState> states = new HashMap<>();
      for (Incoming record : incoming) {
        EntityState state =
            states.computeIfAbsent(
                record.entity(),
                entity -> EntityState.fresh(entity, promoted.model().layout().fields()));
        Verdict verdict = judge.judge(record, state).verdict();
        if (!promoted.model().provenance().learnedBefore(record.source())) {
          verdicts.add(verdict);
        }
      }
    }
  }

  private static List<Run> runs(List<Incoming> records) {
    Map<String, List<Run.Moment>> moments = new LinkedHashMap<>();
    for (Incoming record : records) {
      moments
          .computeIfAbsent(record.entity(), entity -> new ArrayList<>())
          .add(new Run.Moment(record.time(), record.source(), record.observation(), false));
    }
    return moments.entrySet().stream().map(run -> new Run(run.getKey(), run.getValue())).toList();
  }

  private static List<Provenance.Offset> ends(List<Incoming> records) {
    Map<String, Provenance.Offset> ends = new TreeMap<>();
    for (Incoming record : records) {
      var at = record.source();
      ends.put(
          at.topic() + "/" + at.partition(),
          new Provenance.Offset(at.topic(), at.partition(), at.offset() + 1));
    }
    return List.copyOf(ends.values());
  }
}
