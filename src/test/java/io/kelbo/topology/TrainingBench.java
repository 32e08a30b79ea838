package io.kelbo.topology;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.observe.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The training topology on the test driver; time passes by {@link #attend}. */
final class TrainingBench implements AutoCloseable {
  /** Records that the first model of a segment learns from, at least. */
  private static final int FIRST = 200;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> input;
  private final TestInputTopic<String, byte[]> models;
  private final TestInputTopic<byte[], byte[]> tallies;
  private final TestInputTopic<byte[], byte[]> control;
  private final TestInputTopic<String, byte[]> feedback;

  TrainingBench(
      Model champion, @Nullable Duration every, TrainingPlan.Training training, Executor executor) {
    this(champion, every, training, executor, Duration.ofMinutes(30));
  }

  TrainingBench(
      Model champion,
      @Nullable Duration every,
      TrainingPlan.Training training,
      Executor executor,
      Duration timeout) {
    this(champion, every, Duration.ofHours(24), training, executor, timeout);
  }

  TrainingBench(
      Model champion,
      @Nullable Duration every,
      Duration window,
      TrainingPlan.Training training,
      Executor executor,
      Duration timeout) {
    Meters meters = new Meters(registry);
    Properties properties = BenchProperties.scoring();
    properties.put("application.id", "kelbo-train");
    TrainingPlan plan =
        new TrainingPlan(
            ScoringBench.TOPICS,
            every,
            FIRST,
            window,
            20_000,
            timeout,
            FirstModels.SETTINGS,
            training,
            executor,
            event -> {},
            io.kelbo.format.Formats.json());
    TrainingTopology topology =
        new TrainingTopology(
            plan, new ModelShelf(meters), meters, () -> Instant.parse("2026-11-22T09:00:00Z"));
    driver = new TopologyTestDriver(topology.build(properties), properties, FirstModels.START);
    input =
        driver.createInputTopic(
            ScoringBench.TOPICS.samples(), new ByteArraySerializer(), new ByteArraySerializer());
    models =
        driver.createInputTopic(
            ScoringBench.TOPICS.models(), new StringSerializer(), new ByteArraySerializer());
    tallies =
        driver.createInputTopic(
            ScoringBench.TOPICS.tallies(), new ByteArraySerializer(), new ByteArraySerializer());
    control =
        driver.createInputTopic(
            ScoringBench.TOPICS.control(), new ByteArraySerializer(), new ByteArraySerializer());
    feedback =
        driver.createInputTopic(
            ScoringBench.TOPICS.feedback(), new StringSerializer(), new ByteArraySerializer());
    publish(champion);
  }

  void say(Feedback word) {
    feedback.pipeInput(word.entity(), word.write());
  }

  void tell(Tally tally) {
    tallies.pipeInput(FirstModels.bytes(tally.segment()), tally.write());
  }

  void tell(List<TestRecord<byte[], byte[]>> records) {
    records.forEach(tallies::pipeInput);
  }

  void ask(Control.Action action) {
    Control asked = new Control("default", action, FirstModels.START, "ann", "a test");
    control.pipeInput(FirstModels.bytes("default"), asked.write());
  }

  void ask(String json) {
    control.pipeInput(FirstModels.bytes("default"), FirstModels.bytes(json));
  }

  /** What was told on {@code lifecycle} since the last call. */
  List<JsonNode> events() {
    return out(ScoringBench.TOPICS.lifecycle()).stream()
        .map(record -> ScoringBench.json(record.value()))
        .toList();
  }

  void publish(Model model) {
    ModelId id = model.id();
    models.pipeInput(ModelSnapshot.key(id), ModelSnapshot.of(model).write());
    models.pipeInput(id.segment(), new Champion(id.version(), FirstModels.START, "test").write());
  }

  void send(List<TestRecord<byte[], byte[]>> records) {
    records.forEach(input::pipeInput);
  }

  void attend() {
    driver.advanceWallClockTime(Duration.ofSeconds(1));
  }

  List<TestRecord<String, byte[]>> out(String topic) {
    TestOutputTopic<String, byte[]> output =
        driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
    return output.readRecordsToList();
  }

  /** What is shown of a field's drift; 1 is the least that is told. */
  double drift(String field) {
    return registry.get("kelbo.drift").tag("field", field).gauge().value();
  }

  @Override
  public void close() {
    driver.close();
  }
}
