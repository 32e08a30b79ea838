package io.kelbo.service;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.topology.Champion;
import io.kelbo.topology.Control;
import io.kelbo.topology.ModelSnapshot;
import io.kelbo.topology.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Brings about moments for kills, and counts what each kill hit, by what is there after it: a
 * change of the model that not all partitions had made, a training that had not ended.
 */
final class Moments {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Cluster cluster;
  private final Topics topics;
  private final Path log;
  private final Random random;
  private Map<TopicPartition, Long> before = Map.of();
  private int wanted; // the version that is to take over; 0 where none is
  private int changes;
  private int trainings;
  private int others;

  Moments(Cluster cluster, Topics topics, Path log, long seed) {
    this.cluster = cluster;
    this.topics = topics;
    this.log = log;
    this.random = new Random(seed);
  }

  /** The first model as a second version, before any training: so that there is a choice. */
  void publishAnother() throws Exception {
    List<ModelSnapshot> published = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : cluster.committed(topics.models())) {
      if (new String(record.key(), StandardCharsets.UTF_8).equals("default/1")) {
        published.add(ModelSnapshot.read(record.value()));
      }
    }
    Model first = published.get(0).model();
    ModelId id = new ModelId("default", 2);
    Model second =
        new Model(
            id,
            first.layout(),
            first.encoder(),
            first.patterns(),
            first.network(),
            first.calibration(),
            first.thresholdP(),
            first.provenance(),
            first.crowd(),
            first.stream(),
            first.readouts(),
            first.tails());
    publish(ModelSnapshot.key(id), ModelSnapshot.of(second).write());
  }

  /** It sleeps, since no condition is waited for: any moment from then on must do. */
  void bringAbout(int kill) throws Exception {
    wanted = 0;
    switch (kill % 3) {
      case 1 -> {
        changeModel();
        Thread.sleep(random.nextInt(150));
      }
      case 2 -> {
        askForTraining();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(this::training);
        Thread.sleep(random.nextInt(1_000));
      }
      default -> Thread.sleep(random.nextInt(4_000));
    }
  }

  /** What the kill that was just made hit. */
  String hit() {
    long changed = wanted > 0 ? changed() : 0;
    long partitions = partitions();
    boolean change = wanted > 0 && changed < partitions;
    boolean training = training();
    changes += change ? 1 : 0;
    trainings += training ? 1 : 0;
    others += change || training ? 0 : 1;
    return "%s, %s"
        .formatted(
            wanted > 0
                ? "model %d had taken over %d of %d partitions"
                    .formatted(wanted, changed, partitions)
                : "no change of model",
            training ? "in a training" : "in no training");
  }

  int changes() {
    return changes;
  }

  int trainings() {
    return trainings;
  }

  String counts() {
    return "%d in a change of the model, %d in a training, %d in neither"
        .formatted(changes, trainings, others);
  }

  private void changeModel() throws Exception {
    TreeSet<Integer> versions = new TreeSet<>();
    int[] champion = {0};
    cluster.each(topics.models(), record -> note(record, versions, champion));
    versions.remove(champion[0]);
    wanted = List.copyOf(versions).get(random.nextInt(versions.size()));
    before = cluster.ends(topics.verdicts());
    publish("default", new Champion(wanted, Instant.now(), "the kill storm").write());
  }

  /** Where Kelbo has all of a segment, in order. */
  private void publish(String key, byte[] value) throws Exception {
    int partitions = cluster.ends(topics.models()).size();
    cluster.publish(topics.models(), Topics.modelPartition("default", partitions), key, value);
  }

  private static void note(
      ConsumerRecord<byte[], byte[]> record, TreeSet<Integer> versions, int[] champion) {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    try {
      if (key.equals("default")) {
        champion[0] = Champion.read(record.value()).version();
      } else {
        Integer version = Integer.valueOf(key.substring("default/".length()));
        if (record.value() == null) {
          versions.remove(version); // one of the oldest, taken away
        } else {
          versions.add(version);
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void askForTraining() throws Exception {
    Control train =
        new Control("default", Control.Action.TRAIN, Instant.now(), "the kill storm", null);
    cluster.publish(topics.control(), "default", train.write());
  }

  private boolean training() {
    try {
      return TrainingSigns.training(log);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Partitions of the input whose newest committed verdict since then is by the wanted version. */
  private long changed() {
    Map<Integer, JsonNode> newest = new HashMap<>();
    Comparator<JsonNode> byOffset =
        Comparator.comparingLong(verdict -> verdict.get("source").get("offset").asLong());
    cluster.each(
        topics.verdicts(),
        before,
        record -> {
          JsonNode verdict = Audit.json(record.value());
          newest.merge(
              verdict.get("source").get("partition").asInt(),
              verdict,
              (one, other) -> byOffset.compare(one, other) > 0 ? one : other);
        });
    return newest.values().stream()
        .filter(verdict -> verdict.path("model").path("version").asInt() == wanted)
        .count();
  }

  private long partitions() {
    return cluster.ends(Cluster.INPUT).values().stream().filter(end -> end > 0).count();
  }
}
