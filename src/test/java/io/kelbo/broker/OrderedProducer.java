package io.kelbo.broker;

import java.util.Map;

/** Properties of a test's producer that loses nothing on a topic that was just created. */
public final class OrderedProducer {
  private OrderedProducer() {}

  /**
   * One batch in flight: a partition just created may refuse a first batch and take the second;
   * then the first is out of sequence for ever, and lost.
   */
  public static Map<String, Object> properties(String bootstrap) {
    return Map.of("bootstrap.servers", bootstrap, "max.in.flight.requests.per.connection", "1");
  }
}
