package io.kelbo.service;

import java.util.Map;
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
  private static final long CACHE_BYTES = 128L << 20;
  private static final long WRITE_BYTES = 64L << 20;
  private static final long STORE_WRITE_BYTES = 8L << 20;
  private static final Cache CACHE;
  private static final WriteBufferManager WRITES;

  static {
    RocksDB.loadLibrary();
    CACHE = new LRUCache(CACHE_BYTES);
    WRITES = new WriteBufferManager(WRITE_BYTES, CACHE);
  }

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(WRITES);
    options.setWriteBufferSize(STORE_WRITE_BYTES);
  }

  /** Nothing: cache and buffers live as long as the process, since all stores share them. */
  @Override
  public void close(String store, Options options) {}
}
