package io.kelbo.topology;

import io.kelbo.model.ModelId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@code models} topic as each instance holds it: raw bytes by key, decoded leniently. */
final class PublishedModels {
  static final String STORE = "models";

  private static final Logger LOG = LoggerFactory.getLogger(PublishedModels.class);

  private final KeyValueStore<String, byte[]> store;

  PublishedModels(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /** In memory: at most 20 snapshots a segment, read from the topic at each start. */
  static StoreBuilder<KeyValueStore<String, byte[]>> storeBuilder() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
        .withLoggingDisabled();
  }

  /** Keeps what is published; never fails, since that would end the whole client. */
  static ProcessorSupplier<String, byte[], Void, Void> keeper() {
    return () ->
        new ContextualProcessor<String, byte[], Void, Void>() {
          @Override
          public void process(Record<String, byte[]> record) {
            if (record.key() != null) {
              KeyValueStore<String, byte[]> store = context().getStateStore(STORE);
              store.put(record.key(), record.value());
            }
          }
        };
  }

  byte @Nullable [] championBytes(String segment) {
    return store.get(segment);
  }

  byte @Nullable [] snapshotBytes(ModelId id) {
    return store.get(ModelSnapshot.key(id));
  }

  /** The champion, or null where there is none or it cannot be read. */
  @Nullable ModelId champion(String segment) {
    byte[] bytes = championBytes(segment);
    if (bytes == null) {
      return null;
    }
    try {
      return new ModelId(segment, Champion.read(bytes).version());
    } catch (IOException | RuntimeException corrupt) {
      LOG.atWarn()
          .addKeyValue("segment", segment)
          .addKeyValue("reason", String.valueOf(corrupt.getMessage()))
          .log("champion record cannot be read; the model in use stays");
      return null;
    }
  }

  /** How many segments have a champion. */
  int segments() {
    int segments = 0;
    try (KeyValueIterator<String, byte[]> keys = store.all()) {
      while (keys.hasNext()) {
        segments += keys.next().key.contains("/") ? 0 : 1;
      }
    }
    return segments;
  }

  /** The versions of a segment whose snapshots are there, oldest first. */
  List<Integer> versions(String segment) {
    String prefix = segment + "/";
    List<Integer> versions = new ArrayList<>();
    // '0' follows '/': all keys that begin with the prefix lie between.
    try (KeyValueIterator<String, byte[]> keys = store.range(prefix, segment + "0")) {
      while (keys.hasNext()) {
        String key = keys.next().key;
        String version = key.substring(Math.min(prefix.length(), key.length()));
        if (key.startsWith(prefix) && version.matches("[0-9]{1,9}")) {
          versions.add(Integer.valueOf(version));
        }
      }
    }
    Collections.sort(versions);
    return versions;
  }
}
