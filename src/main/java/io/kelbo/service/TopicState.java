package io.kelbo.service;

import java.util.List;

/**
 * How one of our topics stands.
 *
 * @param summary {@code exists}, {@code will be created}, {@code missing}, or what is wrong first
 */
public record TopicState(String topic, String summary, List<Difference> differences) {
  public TopicState {
    differences = List.copyOf(differences);
  }

  /**
   * What is not as it should be.
   *
   * @param key a configuration key, {@code partitions}, {@code replicas} or {@code existence}
   * @param stops whether {@code run} refuses to begin
   * @param why what it would lead to
   * @param command Kafka's own tool with all that changes it, without the connection
   * @param applied whether {@code topics --apply} can do it
   */
  public record Difference(
      String topic,
      String key,
      String is,
      String wanted,
      boolean stops,
      String why,
      String command,
      boolean applied) {
    public String sentence() {
      return key.equals("existence")
          ? "topic '%s' does not exist and topics.create is 'false'. Create it with 'kelbo topics --apply' or %s, or set topics.create."
              .formatted(topic, command)
          : "topic '%s' has %s '%s' but %s have '%s', or %s: change it with %s%s"
              .formatted(
                  topic,
                  key,
                  is,
                  stops ? "must" : "should",
                  wanted,
                  why,
                  applied ? "'kelbo topics --apply' or " : "",
                  command);
    }
  }
}
