package io.kelbo.topology;

import java.io.IOException;
import java.util.List;

/** Samples as others may look at them. */
public final class PublishedSamples {
  private PublishedSamples() {}

  /** {@code partition/offset} of the input for each record of a sample. */
  public static List<String> places(byte[] value) throws IOException {
    return Sample.read(value).run().moments().stream()
        .map(moment -> moment.source().partition() + "/" + moment.source().offset())
        .toList();
  }
}
