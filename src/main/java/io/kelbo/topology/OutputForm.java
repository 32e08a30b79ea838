package io.kelbo.topology;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.format.AvroBody;
import io.kelbo.format.AvroWritten;
import io.kelbo.format.Formats;
import io.kelbo.format.Framing;
import io.kelbo.format.Registry;
import io.kelbo.format.SchemaJson;
import io.kelbo.record.WireForm.Written;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Our answers as their topics have them: the JSON of a schema, or the same record as Avro, in
 * Confluent's wire format where there is a registry, single-object encoded where there is none.
 */
public final class OutputForm {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Formats formats;
  private final Map<String, AvroWritten> written = new ConcurrentHashMap<>();

  // An answer goes out on the thread that read its record, before the next one is read.
  private final ThreadLocal<Written> answered = new ThreadLocal<>();

  public OutputForm(Formats formats) {
    this.formats = formats;
  }

  /** From now on the answers of this thread are to a record that was written so. */
  void answering(Written record) {
    answered.set(record);
  }

  /**
   * Registers the schemas of our answers, if Avro may be written and there is a registry.
   *
   * @throws IllegalArgumentException if the registry refuses one
   */
  public void register(Topics topics) {
    if (!formats.settings().output().equals("json") && formats.registry() != null) {
      avro(topics.anomalies(), "Verdict");
      avro(topics.verdicts(), "Verdict");
      avro(topics.predictions(), "Prediction");
      avro(topics.lifecycle(), "LifecycleEvent");
    }
  }

  /**
   * The value of a topic.
   *
   * @param schema the name of its file in {@code schemas/}
   * @param json the record in the JSON of that schema
   */
  public byte[] write(String topic, String schema, byte[] json) {
    if (!avroWanted()) {
      return json;
    }
    AvroWritten as = avro(topic, schema);
    try {
      return AvroBody.write(as, SchemaJson.record(as.schema(), JSON.readTree(json)));
    } catch (IOException cannotHappen) {
      throw new UncheckedIOException("our own JSON cannot be read", cannotHappen);
    }
  }

  /** For the sink of a topic. */
  Serializer<byte[]> serializer(String schema) {
    return (topic, json) -> json == null ? null : write(topic, schema, json);
  }

  private boolean avroWanted() {
    Written record = answered.get();
    return switch (formats.settings().output()) {
      case "json" -> false;
      case "avro" -> true;
      // What answers no record is written as the input is said to be.
      default ->
          record == null
              ? formats.settings().input().startsWith("avro")
              : record instanceof AvroWritten;
    };
  }

  private AvroWritten avro(String topic, String name) {
    AvroWritten there = written.get(topic);
    if (there == null) {
      Schema schema = SingleObject.of(name).schema();
      Registry registry = formats.registry();
      there =
          registry == null
              ? new AvroWritten(
                  Framing.SINGLE_OBJECT, schema, SchemaNormalization.parsingFingerprint64(schema))
              : new AvroWritten(
                  Framing.CONFLUENT, schema, registry.register(topic + "-value", schema));
      written.put(topic, there);
    }
    return there;
  }
}
