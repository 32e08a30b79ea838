package io.kelbo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How the commands reach a running service's pages. Over HTTPS only the certificate that it serves
 * with is trusted, by whatever name it is reached: that of 127.0.0.1 or of a pod is in none.
 */
final class ServiceConnection {
  private ServiceConnection() {}

  /**
   * Not connected yet.
   *
   * @param certificate a PEM file whose first certificate the service serves with; null for HTTP
   * @throws IOException if the file cannot be read, or holds no certificate
   */
  static HttpURLConnection to(URI page, @Nullable Path certificate, int patienceMillis)
      throws IOException {
    HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
    connection.setConnectTimeout(patienceMillis);
    connection.setReadTimeout(patienceMillis);
    if (certificate != null && connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(trusting(certificate).getSocketFactory());
      secure.setHostnameVerifier((host, session) -> true);
    }
    return connection;
  }

  private static SSLContext trusting(Path certificate) throws IOException {
    try (InputStream in = Files.newInputStream(certificate)) {
      KeyStore only = KeyStore.getInstance("PKCS12");
      only.load(null, null);
      only.setCertificateEntry(
          "service", CertificateFactory.getInstance("X.509").generateCertificate(in));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(only);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException unusable) {
      throw new IOException(
          "'%s' holds no certificate: give the chain that the service serves with, as PEM"
              .formatted(certificate),
          unusable);
    }
  }
}
