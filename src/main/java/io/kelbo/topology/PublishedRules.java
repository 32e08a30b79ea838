package io.kelbo.topology;

import io.kelbo.model.Rule;
import io.kelbo.model.Rulebook;
import io.kelbo.observe.Meters;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code rules} topic as each instance holds it, read leniently: a rule that cannot be read is
 * counted and logged once, and none is in use in its place. One for all tasks of a topology.
 */
final class PublishedRules {
  static final String STORE = "rules";

  private static final Logger LOG = LoggerFactory.getLogger(PublishedRules.class);

  private final Meters meters;
  private final Refusals refusals;
  private final AtomicLong changes = new AtomicLong();
  private final Map<String, byte[]> refused = new ConcurrentHashMap<>();
  private volatile long known = -1;
  private volatile Rulebook book = Rulebook.NONE;

  /**
   * @param refusals told of each rule that is not in use
   */
  PublishedRules(Meters meters, Refusals refusals) {
    this.meters = meters;
    this.refusals = refusals;
  }

  static StoreBuilder<KeyValueStore<String, byte[]>> storeBuilder() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
        .withLoggingDisabled();
  }

  /** Keeps what is published; never fails, since that would end the whole client. */
  ProcessorSupplier<String, byte[], Void, Void> keeper() {
    return () ->
        new ContextualProcessor<String, byte[], Void, Void>() {
          @Override
          public void process(Record<String, byte[]> record) {
            if (record.key() != null) {
              KeyValueStore<String, byte[]> store = context().getStateStore(STORE);
              store.put(record.key(), record.value());
              changes.incrementAndGet();
            }
          }
        };
  }

  /** The rules in use now. */
  Rulebook book(KeyValueStore<String, byte[]> store) {
    return known == changes.get() ? book : reread(store);
  }

  private synchronized Rulebook reread(KeyValueStore<String, byte[]> store) {
    long now = changes.get();
    if (known != now) {
      List<Rule> rules = new ArrayList<>();
      try (KeyValueIterator<String, byte[]> all = store.all()) {
        all.forEachRemaining(
            entry -> {
              try {
                Rule rule = RuleJson.read(entry.value, Instant.EPOCH, null);
                if (!rule.id().equals(entry.key)) {
                  throw new IOException(
                      "its key is '%s' but its id '%s': both must be the same"
                          .formatted(entry.key, rule.id()));
                }
                rules.add(rule);
              } catch (IOException | RuntimeException bad) {
                refuse(entry.key, entry.value, String.valueOf(bad.getMessage()));
              }
            });
      }
      book = new Rulebook(rules);
      known = now;
      meters.rules(rules.size());
    }
    return book;
  }

  private void refuse(String key, byte[] value, String reason) {
    if (refused.put(key, value) != value) { // the store hands out one array until it is replaced
      meters.refusedRules.increment();
      refusals.add(
          "rule '%s' cannot be read and is not in use: %s; 'kelbo rules put' mends it"
              .formatted(key, reason));
      LOG.atWarn()
          .addKeyValue("rule", key)
          .addKeyValue("reason", reason)
          .log("published rule cannot be read and is not in use; `kelbo rules put` mends it");
    }
  }
}
