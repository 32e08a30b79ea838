package io.kelbo.service;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** HTTPS from PEM files: TLS 1.2 and 1.3, as the JDK allows them. Read once, at start. */
final class HttpTls {
  private HttpTls() {}

  /**
   * @throws ServiceFailure naming the file that cannot be used; never what is in it
   */
  static SSLContext context(Settings.Tls tls) {
    try {
      char[] password = new char[0];
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, password);
      store.setKeyEntry("kelbo", key(tls.key()), password, chain(tls.certificate()));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException refused) {
      throw new ServiceFailure(
          "http.tls.certificate '%s' and http.tls.key '%s' do not make HTTPS (%s): give a chain and the private key of its first certificate, as PEM"
              .formatted(tls.certificate(), tls.key(), refused.getClass().getSimpleName()),
          refused);
    }
  }

  private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(in)
          .toArray(Certificate[]::new);
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String body = Files.readString(file).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    byte[] der;
    try {
      der = Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException notPem) {
      throw new InvalidKeySpecException("not PEM"); // the cause would quote the file
    }
    InvalidKeySpecException none = new InvalidKeySpecException("not PKCS 8");
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException other) {
        none.addSuppressed(other);
      }
    }
    throw none;
  }
}
