package io.kelbo.bench;

import io.kelbo.format.FormatSettings;
import io.kelbo.format.Formats;
import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.WireForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * An Avro record of 64 fields (48 doubles, 8 longs, 8 strings of 24 letters) of which 8 doubles are
 * declared, read by Kelbo and by Avro's own reader, once all of it and once what is declared.
 */
@State(Scope.Thread)
public class WideRecord {
  private static final int DECLARED = 8;

  private byte[] value;
  private WireForm declared;
  private WireForm all;
  private GenericDatumReader<GenericRecord> avro;
  private GenericDatumReader<GenericRecord> resolving;
  private BinaryDecoder decoder;

  @Setup
  public void write() throws IOException, UnreadableRecord {
    SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("Wide").fields();
    SchemaBuilder.FieldAssembler<Schema> wanted = SchemaBuilder.record("Wide").fields();
    for (int i = 0; i < 8; i++) {
      fields = fields.requiredLong("counter" + i).requiredString("label" + i);
      for (int j = 0; j < 6; j++) {
        fields = fields.requiredDouble("sensor" + i + j);
      }
      wanted = wanted.requiredDouble("sensor" + i + 0);
    }
    Schema schema = fields.endRecord();
    Schema projected = wanted.endRecord();
    Random random = new Random(1);
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(
          field.pos(),
          switch (field.schema().getType()) {
            case LONG -> (long) random.nextInt(1_000_000);
            case STRING -> "hall-%019d".formatted(random.nextInt(1000));
            default -> random.nextGaussian();
          });
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
    encoder.flush();
    value = out.toByteArray();

    Path file = Files.createTempFile("wide", ".avsc");
    Files.writeString(file, schema.toString());
    Formats formats = new Formats(new FormatSettings("avro", file, null, null, "json"));
    Files.delete(file);
    List<String> names = projected.getFields().stream().map(Schema.Field::name).toList();
    declared = formats.reading(names, true, 1_000_000);
    all = formats.whole(1_000_000);
    avro = new GenericDatumReader<>(schema);
    resolving = new GenericDatumReader<>(schema, projected);
    if (declared.read(value).leaves().size() != DECLARED
        || !all.read(value)
            .leaves()
            .entrySet()
            .containsAll(declared.read(value).leaves().entrySet())) {
      throw new IllegalStateException("what is declared was read otherwise than all");
    }
  }

  @Benchmark
  public Object kelboDeclared() throws UnreadableRecord {
    return declared.read(value);
  }

  @Benchmark
  public Object kelboAll() throws UnreadableRecord {
    return all.read(value);
  }

  @Benchmark
  public Object avroDeclared() throws IOException {
    decoder = DecoderFactory.get().binaryDecoder(value, decoder);
    return resolving.read(null, decoder);
  }

  @Benchmark
  public Object avroAll() throws IOException {
    decoder = DecoderFactory.get().binaryDecoder(value, decoder);
    return avro.read(null, decoder);
  }
}
