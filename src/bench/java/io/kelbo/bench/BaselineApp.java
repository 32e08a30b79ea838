package io.kelbo.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The least that any per-entity JSON application does: parse the bytes, read and write one store,
 * write one output. What the scoring application costs beyond it is the price of a verdict.
 */
final class BaselineApp {
  private static final String STORE = "seen";

  private BaselineApp() {}

  /** Starts it; it runs until the process ends. */
  static void start(String bootstrap, String name, String input, Path stateDir) {
    Properties p = new Properties();
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    p.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    p.put(
        StreamsConfig.NUM_STREAM_THREADS_CONFIG,
        Math.min(ServiceBench.PARTITIONS, Runtime.getRuntime().availableProcessors()));
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    p.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray())
            .withCachingEnabled());
    builder.stream(input, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("input"))
        .process(Count::new, Named.as("count"), STORE)
        .to(
            name + ".counted",
            Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("output"));
    KafkaStreams streams = new KafkaStreams(builder.build(), p);
    streams.start();
  }

  /** Adds to each record how many its key has had. */
  private static final class Count implements Processor<byte[], byte[], byte[], byte[]> {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<byte[], byte[]> seen;

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      this.context = context;
      this.seen = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      byte[] before = seen.get(record.key());
      long count = 1 + (before == null ? 0 : ByteBuffer.wrap(before).getLong());
      seen.put(record.key(), ByteBuffer.allocate(Long.BYTES).putLong(count).array());
      try {
        ObjectNode json = (ObjectNode) MAPPER.readTree(record.value());
        json.put("seen", count);
        context.forward(record.withValue(MAPPER.writeValueAsBytes(json)));
      } catch (IOException notJson) {
        throw new UncheckedIOException(notJson);
      }
    }
  }
}
