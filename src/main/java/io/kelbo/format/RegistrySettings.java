package io.kelbo.format;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a schema registry is reached, through the Confluent REST interface.
 *
 * @param urls one or more of the same registry, each perhaps with a path; the next is asked where
 *     one fails
 * @param authorization the header's value, or null
 * @param ca a PEM file of certificates to trust, or null for those of the JVM
 * @param truststore a PKCS12 or JKS file to trust instead, or null
 * @param patience how long one question waits for an answer, at most
 */
public record RegistrySettings(
    List<URI> urls,
    @Nullable String authorization,
    @Nullable Path ca,
    @Nullable Path truststore,
    @Nullable String truststorePassword,
    Duration patience) {
  // Well below max.poll.interval.ms, 5 minutes by default: a member that waits stays a member.
  static final Duration PATIENCE = Duration.ofMinutes(3);

  public RegistrySettings {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("registry.urls is empty; name one URL at least");
    }
  }

  public RegistrySettings(
      List<URI> urls,
      @Nullable String authorization,
      @Nullable Path ca,
      @Nullable Path truststore,
      @Nullable String truststorePassword) {
    this(urls, authorization, ca, truststore, truststorePassword, PATIENCE);
  }

  /** The same registry, asked with another patience. */
  RegistrySettings within(Duration other) {
    return new RegistrySettings(urls, authorization, ca, truststore, truststorePassword, other);
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "registry at %s".formatted(urls);
  }
}
