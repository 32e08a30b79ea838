package io.kelbo.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.format.Formats;
import io.kelbo.model.Model;
import io.kelbo.observe.Meters;
import io.kelbo.record.Declared;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The scoring topology on the test driver, with the engine itself and a model already published.
 */
final class ScoringBench implements AutoCloseable {
  static final Topics TOPICS = new Topics("kelbo", "plant.telemetry");

  static final ScoringSettings.Thinning A_DAY =
      new ScoringSettings.Thinning(1, Duration.ofHours(24), 20_000);

  private static final ObjectMapper JSON = new ObjectMapper();

  final Meters meters = new Meters(new SimpleMeterRegistry());
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> input;
  private final TestInputTopic<String, byte[]> models;
  private final TestInputTopic<String, byte[]> rules;
  private final TestInputTopic<String, byte[]> feedback;

  ScoringBench(Model model) {
    this(model, A_DAY);
  }

  ScoringBench(Model model, ScoringSettings.Thinning thinning) {
    this(model, thinning, Formats.json(), Declared.nothing());
  }

  ScoringBench(Model model, ScoringSettings.Thinning thinning, Formats formats, Declared declared) {
    this(model, TOPICS, thinning, formats, declared, 0);
  }

  static ScoringBench watching(InputTopics inputs, Model model) {
    return new ScoringBench(
        model, new Topics("kelbo", inputs), A_DAY, Formats.json(), Declared.nothing(), 0);
  }

  static ScoringBench repairing(Model model, double level) {
    return new ScoringBench(model, TOPICS, A_DAY, Formats.json(), Declared.nothing(), level);
  }

  private ScoringBench(
      Model model,
      Topics topics,
      ScoringSettings.Thinning thinning,
      Formats formats,
      Declared declared,
      double repair) {
    Properties properties = BenchProperties.scoring();
    properties.put(UnexpectedHandler.METERS, meters);
    ScoringSettings settings =
        new ScoringSettings(
            topics,
            model.layout(),
            Duration.ofHours(1),
            1_000_000,
            true,
            null,
            thinning,
            new ScoringSettings.Watch(5, Duration.ofDays(30)),
            formats,
            repair,
            declared);
    ScoringTopology topology =
        new ScoringTopology(
            settings, new ModelShelf(meters), meters, () -> Instant.parse("2026-11-22T09:00:00Z"));
    driver = new TopologyTestDriver(topology.build(properties), properties, FirstModels.START);
    input =
        driver.createInputTopic(
            TOPICS.input().toString(),
            new ByteArraySerializer(),
            new ByteArraySerializer(),
            FirstModels.START,
            Duration.ofSeconds(1));
    models =
        driver.createInputTopic(TOPICS.models(), new StringSerializer(), new ByteArraySerializer());
    rules =
        driver.createInputTopic(TOPICS.rules(), new StringSerializer(), new ByteArraySerializer());
    feedback =
        driver.createInputTopic(
            TOPICS.feedback(), new StringSerializer(), new ByteArraySerializer());
    publish(model);
  }

  /** Publishes a rule; null ends it. */
  void rule(String id, @Nullable String json) {
    rules.pipeInput(id, json == null ? null : FirstModels.bytes(json));
  }

  void say(Feedback word) {
    feedback.pipeInput(word.entity(), word.write());
  }

  void say(String text) {
    feedback.pipeInput("pump-1", FirstModels.bytes(text));
  }

  void passWallTime(Duration time) {
    driver.advanceWallClockTime(time);
  }

  void publish(Model model) {
    publish(ModelSnapshot.key(model.id()), ModelSnapshot.of(model).write());
    champion(model.id().version());
  }

  void champion(int version) {
    publish("default", new Champion(version, FirstModels.START, "test").write());
  }

  void publish(String key, byte[] value) {
    models.pipeInput(key, value);
  }

  /** Sends rows as they are, in turn for each pump, a second apart. */
  void rows(int from, int to) {
    for (int row = from; row < to; row++) {
      row(row, PlantRows.row(row));
    }
  }

  void row(int row, @Nullable String value) {
    input.pipeInput(
        FirstModels.bytes(PlantRows.key(row)),
        value == null ? null : FirstModels.bytes(value),
        FirstModels.START.plusSeconds(row));
  }

  void send(byte @Nullable [] key, byte @Nullable [] value, long timestamp) {
    input.pipeInput(new TestRecord<>(key, value, new RecordHeaders(), timestamp));
  }

  void sendTo(String topic, int row, String value) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            FirstModels.bytes(PlantRows.key(row)),
            FirstModels.bytes(value),
            FirstModels.START.plusSeconds(row));
  }

  void send(byte[] key, byte[] value, RecordHeaders headers) {
    input.pipeInput(new TestRecord<>(key, value, headers, FirstModels.START.toEpochMilli()));
  }

  Set<String> topics() {
    return driver.producedTopicNames();
  }

  List<JsonNode> verdicts() {
    return json(TOPICS.verdicts());
  }

  List<JsonNode> anomalies() {
    return json(TOPICS.anomalies());
  }

  List<JsonNode> json(String topic) {
    return out(topic).stream().map(record -> json(record.value())).toList();
  }

  List<TestRecord<byte[], byte[]>> out(String topic) {
    TestOutputTopic<byte[], byte[]> output =
        driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    return output.readRecordsToList();
  }

  List<Sample> samples() {
    return out(TOPICS.samples()).stream().map(record -> sample(record.value())).toList();
  }

  /** Those whose state is kept. */
  Set<String> entities() {
    Set<String> entities = new TreeSet<>();
    try (var all = store(JudgeProcessor.ENTITIES).all()) {
      all.forEachRemaining(entry -> entities.add(entry.key));
    }
    return entities;
  }

  KeyValueStore<String, byte[]> store(String name) {
    return driver.getKeyValueStore(name);
  }

  static JsonNode json(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }

  static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static Sample sample(byte[] value) {
    try {
      return Sample.read(value);
    } catch (IOException notASample) {
      throw new UncheckedIOException(notASample);
    }
  }

  @Override
  public void close() {
    driver.close();
  }
}
