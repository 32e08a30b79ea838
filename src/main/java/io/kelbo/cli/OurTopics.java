package io.kelbo.cli;

import io.kelbo.service.Settings;
import io.kelbo.topology.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** How our topics stand: there, to be created, or wrong; and whether they may be used. */
final class OurTopics {
  private final Map<String, String> states = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private OurTopics() {}

  static OurTopics of(Cluster cluster, Settings settings) throws InterruptedException {
    OurTopics ours = new OurTopics();
    Topics topics = new Topics(settings.name(), settings.input().topic());
    Set<String> there = cluster.topics();
    for (String topic : topics.own()) {
      if (there.contains(topic)) {
        ours.states.put(topic, "exists");
      } else if (settings.createTopics()) {
        ours.states.put(topic, "will be created");
      } else {
        ours.states.put(topic, "missing");
        ours.problems.add(
            "topic '%s' does not exist and topics.create is 'false'. Create it, or set topics.create."
                .formatted(topic));
      }
    }
    for (String topic : topics.compacted()) {
      if (there.contains(topic)) {
        ours.checkCompaction(cluster, topic);
      }
    }
    ours.checkRights(cluster, topics, there);
    return ours;
  }

  /** By name: {@code exists}, {@code will be created}, {@code missing}, or what is wrong. */
  Map<String, String> states() {
    return states;
  }

  List<String> problems() {
    return problems;
  }

  /** Without an authorizer Kafka says that everything is allowed. */
  private void checkRights(Cluster cluster, Topics topics, Set<String> there)
      throws InterruptedException {
    Set<String> read =
        Set.of(
            topics.input(), topics.samples(), topics.tallies(), topics.control(), topics.models());
    List<String> all = new ArrayList<>(topics.own());
    all.add(topics.input());
    all.retainAll(there);
    DescribeTopicsOptions withRights =
        new DescribeTopicsOptions().includeAuthorizedOperations(true);
    for (TopicDescription topic :
        cluster.got(cluster.admin().describeTopics(all, withRights).allTopicNames()).values()) {
      Set<AclOperation> allowed = topic.authorizedOperations();
      if (allowed == null) {
        continue;
      }
      if (read.contains(topic.name())) {
        require(AclOperation.READ, allowed, topic.name());
      }
      if (!topic.name().equals(topics.input())) {
        require(AclOperation.WRITE, allowed, topic.name());
      }
    }
  }

  private void require(AclOperation operation, Set<AclOperation> allowed, String topic) {
    if (!allowed.contains(operation)) {
      problems.add(
          "topic '%s' may not be used with %s by this user, which Kelbo must. Grant it, for example with kafka-acls."
              .formatted(topic, operation));
    }
  }

  private void checkCompaction(Cluster cluster, String topic) throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config =
        cluster.got(cluster.admin().describeConfigs(List.of(resource)).all()).get(resource);
    String policy = config == null ? "" : config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    if (!policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      states.put(topic, "cleanup.policy is '%s'".formatted(policy));
      problems.add(
          "topic '%s' has cleanup.policy '%s' but must be 'compact': models would be forgotten. Change it with kafka-configs, or let Kelbo create the topic."
              .formatted(topic, policy));
    }
  }
}
