package io.kelbo.cli;

import io.kelbo.service.Settings;
import io.kelbo.topology.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;

/** The topics that are watched, as they are in the cluster. */
final class Inputs {
  private static final int LOOK_AGAIN_MILLIS = 250;

  private final Cluster cluster;
  private final Settings settings;
  private final Topics topics;

  Inputs(Cluster cluster, Settings settings) {
    this.cluster = cluster;
    this.settings = settings;
    this.topics = new Topics(settings.name(), settings.input().topic());
  }

  /**
   * All of them.
   *
   * @throws CommandFailure if one does not exist or the pattern takes in none, naming those that do
   */
  List<TopicDescription> found() throws InterruptedException {
    require();
    List<TopicDescription> found = new ArrayList<>();
    for (String name : names()) {
      TopicDescription topic = cluster.topic(name, AclOperation.READ);
      if (topic != null) {
        found.add(topic);
      }
    }
    if (found.isEmpty()) {
      throw absent(
          "%s is '%s' but no topic at '%s' has such a name%s. Create one, or correct the pattern.",
          topics.input().toString());
    }
    return found;
  }

  /**
   * Takes what may not be seen to be there.
   *
   * @throws CommandFailure if one does not exist, naming those that do
   */
  void require() throws InterruptedException {
    for (String name : names()) {
      if (cluster.absent(name)) {
        throw absent(
            "%s is '%s' but there is no such topic at '%s'%s. Create it, or correct the name.",
            name);
      }
    }
  }

  /**
   * All of them, which may come a little later than the service: whoever produces to a topic may
   * create it.
   *
   * @param waiting told once if they are not there yet
   * @throws CommandFailure as {@link #found}, after {@code patience}
   */
  List<TopicDescription> await(Duration patience, Runnable waiting) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    boolean told = false;
    while (!there() && System.nanoTime() < until) {
      if (!told) {
        waiting.run();
        told = true;
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    return found();
  }

  /** How many tasks scoring has: as many as the topic with most partitions. */
  static int partitions(List<TopicDescription> inputs) {
    return inputs.stream().mapToInt(topic -> topic.partitions().size()).max().orElse(0);
  }

  private boolean there() throws InterruptedException {
    List<String> names = names();
    for (String name : names) {
      if (cluster.absent(name)) {
        return false;
      }
    }
    return !names.isEmpty();
  }

  private List<String> names() throws InterruptedException {
    Set<String> all = topics.input().pattern() == null ? Set.of() : cluster.topics();
    return topics.inputs(() -> all);
  }

  private CommandFailure absent(String sentence, String what) throws InterruptedException {
    List<String> others =
        cluster.topics().stream()
            .filter(topic -> !topic.startsWith(settings.name() + ".") && !topic.startsWith("_"))
            .sorted()
            .limit(10)
            .toList();
    return new CommandFailure(
        Failures.USAGE,
        sentence.formatted(
            topics.input().key(),
            what,
            Cluster.bootstrap(settings),
            others.isEmpty()
                ? ", nor any other"
                : "; there is '%s'".formatted(String.join("', '", others))));
  }
}
