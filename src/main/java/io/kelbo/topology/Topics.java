package io.kelbo.topology;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;

/**
 * The topics of one Kelbo. Keys are UTF-8 text, except those of the input, of {@code imputed} and
 * of {@code dead-letters}, which are the producer's own bytes.
 *
 * @param name what tells two Kelbos on one cluster apart
 * @param input the user's topics; read, never written
 */
public record Topics(String name, InputTopics input) {
  /** Watching one topic. */
  public Topics(String name, String input) {
    this(name, InputTopics.of(input));
  }

  /**
   * The topics of the input, in a fixed order: by their names whether they are there or not, or
   * those that the pattern takes in.
   *
   * @param there asked for the names of all topics only where there is a pattern
   */
  public List<String> inputs(Supplier<Set<String>> there) {
    return input.pattern() == null
        ? input.names()
        : there.get().stream().filter(this::watches).sorted().toList();
  }

  /** Whether a topic of this name belongs to the input. */
  public boolean watches(String topic) {
    return input.pattern() == null
        ? input.names().contains(topic)
        : inputPattern().matcher(topic).matches();
  }

  /**
   * The input's pattern without the topics that Kelbo writes and those that Kafka keeps for itself,
   * so that no answer is taken for a record.
   */
  Pattern inputPattern() {
    String ours = own().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    return Pattern.compile(
        "(?!(?:%s)$|%s-|%s-|__)(?:%s)"
            .formatted(ours, Pattern.quote(scoring()), Pattern.quote(training()), input.pattern()));
  }

  /** Entity to {@code Verdict}, JSON. */
  public String anomalies() {
    return name + ".anomalies";
  }

  /** Entity to {@code Verdict}, JSON. */
  public String verdicts() {
    return name + ".verdicts";
  }

  /** Input key to the input's value, completed. */
  public String imputed() {
    return name + ".imputed";
  }

  /** Entity to {@code Prediction}, JSON. */
  public String predictions() {
    return name + ".predictions";
  }

  /** Segment to {@code Sample}, Avro. */
  public String samples() {
    return name + ".samples";
  }

  /** Segment to {@code Tally}, Avro. */
  public String tallies() {
    return name + ".tallies";
  }

  /** Segment to {@code Control}, JSON. */
  public String control() {
    return name + ".control";
  }

  /** {@code segment/version} to {@code ModelSnapshot}, segment to {@code Champion}; Avro. */
  public String models() {
    return name + ".models";
  }

  /** Segment to {@code LifecycleEvent}, JSON. */
  public String lifecycle() {
    return name + ".lifecycle";
  }

  /** Entity to {@code Feedback}. */
  public String feedback() {
    return name + ".feedback";
  }

  /** Rule id to {@code Rule}. */
  public String rules() {
    return name + ".rules";
  }

  /** What could not be read: raw to raw. */
  public String deadLetters() {
    return name + ".dead-letters";
  }

  /** All that are ours. */
  public List<String> own() {
    return List.of(
        anomalies(),
        verdicts(),
        imputed(),
        predictions(),
        samples(),
        tallies(),
        control(),
        models(),
        lifecycle(),
        feedback(),
        rules(),
        deadLetters());
  }

  /** Those whose older values of a key give way to newer ones. */
  public List<String> compacted() {
    return List.of(models(), rules());
  }

  /** The application id of scoring, and its consumer group. */
  public String scoring() {
    return name + "-score";
  }

  /** The application id of training, and its consumer group. */
  public String training() {
    return name + "-train";
  }

  /** Those of ours that hold what was learned, which {@code reset} forgets. */
  public List<String> learned() {
    return List.of(models(), samples(), tallies(), control(), lifecycle());
  }

  /** Those of ours that hold answers to records, which {@code reset} leaves unless asked. */
  public List<String> answers() {
    return List.of(anomalies(), verdicts(), imputed(), predictions(), deadLetters());
  }

  /** Those that Kafka Streams makes for our state and for regrouped records. */
  public List<String> internal() {
    return List.of(
        scoring() + "-entities-changelog",
        scoring() + "-pinned-changelog",
        scoring() + "-pace-changelog",
        scoring() + "-shape-changelog",
        scoring() + "-by-entity-repartition",
        training() + "-window-changelog",
        training() + "-markers-changelog",
        training() + "-lookout-changelog");
  }

  /** Where a key of {@link #models} belongs: all of a segment on one partition, in order. */
  public static int modelPartition(String key, int partitions) {
    int slash = key.lastIndexOf('/');
    String segment = slash < 0 ? key : key.substring(0, slash);
    return Utils.toPositive(Utils.murmur2(Utils.utf8(segment))) % partitions;
  }
}
