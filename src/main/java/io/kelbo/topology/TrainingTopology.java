package io.kelbo.topology;

import io.kelbo.observe.Meters;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The training application: samples in, models and the story of their making out. */
public final class TrainingTopology {
  static final String MODELS = "publish";
  static final String LIFECYCLE = "lifecycle";

  private static final String TRAIN = "train";

  /** Of an entity's alarms, the newest: a sample holds few runs of each. */
  private static final int MOST_WORDS = 1_000;

  private final TrainingPlan plan;
  private final ModelShelf shelf;
  private final PublishedFeedback feedback;
  private final Meters meters;
  private final InstantSource clock;

  public TrainingTopology(TrainingPlan plan, ModelShelf shelf, Meters meters, InstantSource clock) {
    this.plan = plan;
    this.shelf = shelf;
    // The scoring application tells what cannot be read.
    this.feedback = new PublishedFeedback(meters, MOST_WORDS, new Refusals());
    this.meters = meters;
    this.clock = clock;
  }

  /** The flow: samples, tallies, control, and what people say → train → models, lifecycle. */
  public Topology build(Properties streamsConfig) {
    StreamsBuilder builder =
        new StreamsBuilder(new TopologyConfig(new StreamsConfig(streamsConfig)));
    Topics topics = plan.topics();
    builder.addGlobalStore(
        PublishedModels.storeBuilder(),
        topics.models(),
        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("models"),
        PublishedModels.keeper());
    builder.addGlobalStore(
        PublishedFeedback.storeBuilder(),
        topics.feedback(),
        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("feedback"),
        feedback.keeper());
    builder.addStateStore(
        Stores.windowStoreBuilder(
                Stores.persistentWindowStore(
                    TrainProcessor.WINDOW, plan.window(), plan.window(), false),
                Serdes.String(),
                Serdes.ByteArray())
            .withLoggingEnabled(Map.of()));
    builder.addStateStore(keyed(TrainProcessor.MARKERS));

    builder.addStateStore(keyed(Watch.LOOKOUT));

    builder.stream(
            List.of(topics.samples(), topics.tallies(), topics.control()),
            // The scorers' clocks, which are guarded already: a sample may span hours. What is
            // stamped by the wall clock must not move them.
            Consumed.with(Serdes.String(), Serdes.ByteArray())
                .withTimestampExtractor(
                    (record, latest) ->
                        Math.max(
                            0,
                            record.topic().equals(topics.samples()) ? record.timestamp() : latest))
                .withName("samples"))
        .process(
            () -> new TrainProcessor(plan, shelf, feedback, meters, clock),
            Named.as(TRAIN),
            TrainProcessor.WINDOW,
            TrainProcessor.MARKERS,
            Watch.LOOKOUT);

    StringSerializer text = new StringSerializer();
    ByteArraySerializer raw = new ByteArraySerializer();
    Serializer<byte[]> events = new OutputForm(plan.formats()).serializer("LifecycleEvent");
    StreamPartitioner<String, byte[]> bySegment =
        (topic, key, value, partitions) ->
            Optional.of(Set.of(Topics.modelPartition(key, partitions)));
    return builder
        .build(streamsConfig)
        .addSink(MODELS, topics.models(), text, raw, bySegment, TRAIN)
        .addSink(LIFECYCLE, topics.lifecycle(), text, events, TRAIN);
  }

  private static StoreBuilder<KeyValueStore<String, byte[]>> keyed(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withLoggingEnabled(Map.of());
  }
}
