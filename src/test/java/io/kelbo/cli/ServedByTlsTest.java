package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.kelbo.service.Certificates;
import io.kelbo.service.SettingsReader;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask a service which serves HTTPS, with a certificate of no public authority. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServedByTlsTest {
  private static final String TOKEN = "a-token-of-sixteen-letters";

  /** In no name of the certificate, as little as a pod's address. */
  private static final String HOST = "127.0.0.2";

  @TempDir private static Path dir;
  private HttpsServer server;
  private Path own;
  private Path another;
  private Path config;

  @BeforeAll
  void serve() throws Exception {
    Certificates certificates = Certificates.make(dir);
    own = Files.writeString(dir.resolve("tls.crt"), certificates.brokerChain());
    another = Files.writeString(dir.resolve("another.crt"), certificates.clientChain());
    server = HttpsServer.create(new InetSocketAddress(HOST, 0), 4);
    server.setHttpsConfigurator(new HttpsConfigurator(serving("broker")));
    page("/health/ready", "ready\n", false);
    page("/status", "{\"name\": \"kelbo\"}", true);
    server.start();
    Files.writeString(dir.resolve("tls.key"), certificates.brokerKey());
    config =
        Files.writeString(
            dir.resolve("kelbo.yaml"),
            """
            kafka: { bootstrap.servers: 'a:1' }
            input: { topic: t }
            http:
              host: %s
              port: %d
              token: %s
              tls: { certificate: %s, key: %s }
            """
                .formatted(
                    HOST, server.getAddress().getPort(), TOKEN, own, dir.resolve("tls.key")));
  }

  private static SSLContext serving(String alias) throws Exception {
    char[] password = "changeit".toCharArray();
    KeyStore all = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(dir.resolve("all.p12"))) {
      all.load(in, password);
    }
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    one.setKeyEntry(alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(one, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private void page(String path, String body, boolean guarded) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            boolean let = !guarded || ("Bearer " + TOKEN).equals(given);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(let ? 200 : 401, let ? bytes.length : -1);
            if (let) {
              exchange.getResponseBody().write(bytes);
            }
          }
        });
  }

  @AfterAll
  void close() {
    server.stop(0);
  }

  private Shell health(Path certificate) {
    return Shell.run(
        "health",
        "--address",
        HOST + ":" + server.getAddress().getPort(),
        "--certificate",
        certificate.toString());
  }

  @Test
  void shouldAskForHealthAsTheConfigurationSaysThatItIsServed() {
    Shell shell = Shell.run("health", "--config", config.toString());

    assertThat(shell.out()).isEqualToIgnoringNewLines("ready");
    assertThat(shell.code()).isZero();
  }

  @Test
  void shouldAskForHealthWithoutAConfiguration() {
    Shell shell = health(own);

    assertThat(shell.out()).isEqualToIgnoringNewLines("ready");
    assertThat(shell.code()).isZero();
  }

  @Test
  void shouldTrustNoOtherCertificateThoughOneAuthoritySignedBoth() {
    Shell shell = health(another);

    assertThat(shell.out()).contains("does not answer");
    assertThat(shell.code()).isEqualTo(3);
  }

  @Test
  void shouldNameAFileThatHoldsNoCertificate() {
    Shell shell = health(config);

    assertThat(shell.out()).contains("'" + config + "' holds no certificate");
    assertThat(shell.code()).isEqualTo(3);
  }

  @Test
  void shouldReadTheServicesOwnPageWithItsToken() throws Exception {
    assertThat(ServicePage.read(new SettingsReader().read(config))).containsEntry("name", "kelbo");
  }
}
