package io.kelbo.topology;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes our JSON: the same doubles give the same bytes on every Java. */
final class Json {
  // Double.toString changed in Java 19 (JDK-4511638); Jackson's own writer is the same everywhere.
  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private Json() {}

  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  static byte[] write(Body body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      body.write(json);
    } catch (IOException cannotHappenInMemory) {
      throw new UncheckedIOException(cannotHappenInMemory);
    }
    return out.toByteArray();
  }

  /** A figure, or nothing where it does not apply: JSON has no NaN. */
  static void figure(JsonGenerator json, String name, double figure) throws IOException {
    if (Double.isFinite(figure)) {
      json.writeNumberField(name, figure);
    }
  }
}
