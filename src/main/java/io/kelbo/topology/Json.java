package io.kelbo.topology;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamWriteException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
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
    try {
      try {
        return written(body, false);
      } catch (StreamWriteException halfACharacter) {
        return written(body, true);
      }
    } catch (IOException cannotHappenInMemory) {
      throw new UncheckedIOException(cannotHappenInMemory);
    }
  }

  /** JSON may hold half a surrogate pair as an escape; UTF-8 cannot, so then all is escaped. */
  private static byte[] written(Body body, boolean escaped) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.configure(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature(), escaped);
      body.write(json);
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
