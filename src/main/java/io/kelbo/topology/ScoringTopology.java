package io.kelbo.topology;

import io.kelbo.context.Marks;
import io.kelbo.observe.Meters;
import io.kelbo.record.EntityRule;
import io.kelbo.record.RecordReader;
import io.kelbo.record.WireForm;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The scoring application: each record of the input gets an answer, and the answer says why. */
public final class ScoringTopology {
  static final String ANOMALIES = "anomalies";
  static final String VERDICTS = "verdicts";
  static final String IMPUTED = "imputed";
  static final String PREDICTIONS = "predictions";
  static final String SAMPLES = "samples";
  static final String TALLIES = "tallies";
  static final String DEAD_LETTERS = "dead-letters";

  static final String SCHEMA_CHANGES = "schema-changes";
  static final String EVENTS = "events";

  private static final String NOTICE = "notice";
  private static final String JUDGE = "judge";
  private static final String REGROUP = "regroup";

  private final ScoringSettings settings;
  private final ModelShelf shelf;
  private final Meters meters;
  private final InstantSource clock;
  private final Refusals refusals = new Refusals();
  private final PublishedRules rules;
  private final PublishedFeedback feedback;
  private final WireForm form;
  private final OutputForm output;

  public ScoringTopology(
      ScoringSettings settings, ModelShelf shelf, Meters meters, InstantSource clock) {
    this.settings = settings;
    this.shelf = shelf;
    this.meters = meters;
    this.clock = clock;
    this.rules = new PublishedRules(meters, refusals);
    this.feedback = new PublishedFeedback(meters, Marks.MOST, refusals);
    this.form = settings.form();
    this.output = new OutputForm(settings.formats());
  }

  /**
   * The flow: input → read → [by-entity → read-again] → notice → judge → anomalies, verdicts,
   * imputed, predictions, samples, tallies, dead-letters.
   */
  public Topology build(Properties streamsConfig) {
    StreamsBuilder builder =
        new StreamsBuilder(new TopologyConfig(new StreamsConfig(streamsConfig)));
    Topics topics = settings.topics();
    builder.addGlobalStore(
        PublishedModels.storeBuilder(),
        topics.models(),
        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("models"),
        PublishedModels.keeper());
    builder.addGlobalStore(
        PublishedRules.storeBuilder(),
        topics.rules(),
        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("rules"),
        rules.keeper());
    builder.addGlobalStore(
        PublishedFeedback.storeBuilder(),
        topics.feedback(),
        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("feedback"),
        feedback.keeper());
    builder.addStateStore(cached(JudgeProcessor.ENTITIES));
    builder.addStateStore(cached(JudgeProcessor.PINNED));
    builder.addStateStore(cached(JudgeProcessor.PACE));
    builder.addStateStore(cached(NoticeProcessor.SHAPE));

    KStream<byte[], byte[]> input =
        input(
            builder,
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withTimestampExtractor(new GuardedTimestamps(clock))
                .withName("input"));
    KStream<Object, Object> arrived =
        settings.layout().entity() instanceof EntityRule.Path ? byEntity(input) : read(input);
    Set<String> told = ConcurrentHashMap.newKeySet();
    arrived
        .process(
            () -> new NoticeProcessor(settings, clock, told, JUDGE),
            Named.as(NOTICE),
            NoticeProcessor.SHAPE)
        .process(
            () -> new JudgeProcessor(settings, shelf, rules, feedback, refusals, meters, clock),
            Named.as(JUDGE),
            JudgeProcessor.ENTITIES,
            JudgeProcessor.PINNED,
            JudgeProcessor.PACE);

    StringSerializer text = new StringSerializer();
    ByteArraySerializer raw = new ByteArraySerializer();
    return builder
        .build(streamsConfig)
        .addSink(ANOMALIES, topics.anomalies(), text, output.serializer("Verdict"), JUDGE)
        .addSink(VERDICTS, topics.verdicts(), text, output.serializer("Verdict"), JUDGE)
        .addSink(
            SCHEMA_CHANGES, topics.lifecycle(), text, output.serializer("LifecycleEvent"), NOTICE)
        .addSink(EVENTS, topics.lifecycle(), text, output.serializer("LifecycleEvent"), JUDGE)
        .addSink(IMPUTED, topics.imputed(), raw, raw, JUDGE)
        .addSink(PREDICTIONS, topics.predictions(), text, output.serializer("Prediction"), JUDGE)
        .addSink(SAMPLES, topics.samples(), text, raw, JUDGE)
        .addSink(TALLIES, topics.tallies(), text, raw, JUDGE)
        .addSink(DEAD_LETTERS, topics.deadLetters(), raw, raw, readers());
  }

  private KStream<byte[], byte[]> input(StreamsBuilder builder, Consumed<byte[], byte[]> consumed) {
    Topics topics = settings.topics();
    return topics.input().pattern() == null
        ? builder.stream(topics.input().names(), consumed)
        : builder.stream(topics.inputPattern(), consumed);
  }

  private KStream<Object, Object> read(KStream<byte[], byte[]> input) {
    return input.process(() -> reader(false, NOTICE), Named.as("read"));
  }

  /** The entity is a field: its records must meet on one partition first. */
  private KStream<Object, Object> byEntity(KStream<byte[], byte[]> input) {
    return input
        .process(() -> reader(false, REGROUP), Named.as("read"))
        .process(RegroupProcessor::new, Named.as(REGROUP))
        .repartition(
            Repartitioned.<byte[], byte[]>as("by-entity")
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(Serdes.ByteArray()))
        .process(() -> reader(true, NOTICE), Named.as("read-again"));
  }

  private ReadProcessor reader(boolean regrouped, String next) {
    return new ReadProcessor(
        new RecordReader(settings.layout(), form, settings.topics().input().several()),
        output,
        meters,
        regrouped,
        next);
  }

  private String[] readers() {
    return settings.layout().entity() instanceof EntityRule.Path
        ? new String[] {"read", "read-again", JUDGE}
        : new String[] {"read", JUDGE};
  }

  private static StoreBuilder<KeyValueStore<String, byte[]>> cached(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled()
        .withLoggingEnabled(Map.of());
  }
}
