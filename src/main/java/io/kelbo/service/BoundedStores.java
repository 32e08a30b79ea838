package io.kelbo.service;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Memory outside of the heap, shared by all state stores of the process. Kafka Streams gives each
 * store up to 98 MB of its own, and each input partition has three: a container would be killed.
 */
public final class BoundedStores implements RocksDBConfigSetter {
  /** Configuration key: the bytes that all stores together may take, a {@code Long}. */
  static final String BYTES = "kelbo.store.bytes";

  private static final long STORE_WRITE_BYTES = 8L << 20;

  /** By size, since one process may hold two services (tests do); never more than a few. */
  private static final Map<Long, Memory> SHARED = new ConcurrentHashMap<>();

  /** Write buffers are counted in the cache, so that its size bounds both. */
  record Memory(Cache cache, WriteBufferManager writes) {
    private static Memory of(long bytes) {
      RocksDB.loadLibrary();
      Cache cache = new LRUCache(bytes);
      return new Memory(cache, new WriteBufferManager(bytes / 2, cache));
    }
  }

  static Memory shared(long bytes) {
    return SHARED.computeIfAbsent(bytes, Memory::of);
  }

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    long bytes = (Long) Objects.requireNonNull(configs.get(BYTES), BYTES);
    Memory memory = shared(bytes);
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(memory.cache());
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(memory.writes());
    options.setWriteBufferSize(Math.min(STORE_WRITE_BYTES, bytes / 8));
  }

  /** Nothing: cache and buffers live as long as the process, since all stores share them. */
  @Override
  public void close(String store, Options options) {}
}
