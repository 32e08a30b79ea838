package io.kelbo.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom a TLS connection to the registry trusts. */
final class RegistryTrust {
  private RegistryTrust() {}

  /**
   * Null where the JVM's own certificates do.
   *
   * @throws IllegalArgumentException if a file cannot be used
   */
  static @Nullable SSLContext context(RegistrySettings settings) {
    Path file = settings.ca() != null ? settings.ca() : settings.truststore();
    if (file == null) {
      return null;
    }
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(settings.ca() != null ? pem(file) : store(file, settings.truststorePassword()));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException unusable) {
      throw new IllegalArgumentException(
          "%s is '%s' but cannot be used (%s): name %s"
              .formatted(
                  settings.ca() != null ? "registry.tls.ca" : "registry.tls.truststore",
                  file,
                  unusable.getMessage(),
                  settings.ca() != null
                      ? "a PEM file of certificates"
                      : "a PKCS12 or JKS file and its password"),
          unusable);
    }
  }

  private static KeyStore pem(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      if (number == 0) {
        throw new IOException("it has no certificate");
      }
    }
    return store;
  }

  private static KeyStore store(Path file, @Nullable String password)
      throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(
        file.toFile(), password == null ? new char[0] : password.toCharArray());
  }
}
