package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kelbo.format.Formats;
import io.kelbo.format.HttpRegistry;
import io.kelbo.format.Registry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry behind TLS and a password: being refused is no outage, and stops the start. */
class RegistryAccessTest {
  private static final String SCHEMA =
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}";
  // What Base64 makes of 'kelbo:pa55word'.
  private static final String BASIC = "Basic a2VsYm86cGE1NXdvcmQ=";
  private static final String TLS = "tls: { ca: '%s' }";

  private static final String TOKEN = "t0ken-of-the-registry";

  private static Certificates certificates;
  private static SSLContext tls;
  private static Path ca;
  private HttpRegistry server;

  @BeforeAll
  static void make(@TempDir Path dir) throws Exception {
    certificates = Certificates.make(dir.resolve("certificates"));
    ca = Files.writeString(dir.resolve("ca.pem"), certificates.authority());
    tls =
        HttpTls.context(
            new Settings.Tls(
                Files.writeString(dir.resolve("chain.pem"), certificates.brokerChain()),
                Files.writeString(dir.resolve("key.pem"), certificates.brokerKey())));
  }

  @BeforeEach
  void open() throws Exception {
    server = HttpRegistry.guarded(tls, BASIC);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void shouldReadSchemasOverTlsWithAPassword() throws Exception {
    int id = server.add("s", SCHEMA);
    Registry registry = registry(settings(server.url(), "pa55word", TLS.formatted(ca)));

    registry.checkAccess();

    assertThat(registry.schema(id)).isEqualTo(new Schema.Parser().parse(SCHEMA));
    assertThat(server.authorizations).containsOnly(BASIC);
  }

  @Test
  void shouldReadSchemasOverTlsWithATokenOfAFileAndATruststore(@TempDir Path dir) throws Exception {
    Path trust = certificates.truststore(dir.resolve("trust.p12"), "tru5ted");
    Path token = Files.writeString(dir.resolve("token"), TOKEN);
    try (HttpRegistry bearing = HttpRegistry.guarded(tls, "Bearer " + TOKEN)) {
      int id = bearing.add("s", SCHEMA);
      String access =
          "auth: { token: '${file:%s}' }%n  tls: { truststore: '%s', truststore-password: tru5ted }"
              .formatted(token, trust);
      Registry registry = registry(settings(bearing.url(), access));

      registry.checkAccess();

      assertThat(registry.schema(id)).isEqualTo(new Schema.Parser().parse(SCHEMA));
      assertThat(bearing.authorizations).containsOnly("Bearer " + TOKEN);
    }
  }

  @Test
  void shouldNameATruststoreThatItsPasswordDoesNotOpenAndNotThePassword(@TempDir Path dir)
      throws Exception {
    Path trust = certificates.truststore(dir.resolve("trust.p12"), "tru5ted");
    String access = "tls: { truststore: '%s', truststore-password: geheim }".formatted(trust);
    Settings settings = settings(server.url(), access);

    assertThatThrownBy(() -> Service.start(settings))
        .isInstanceOf(ServiceFailure.class)
        .hasMessageContaining("registry.tls.truststore is '%s' but cannot be used".formatted(trust))
        .hasMessageNotContaining("geheim");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void shouldStopAtTheStartWhereThePasswordIsWrong() throws Exception {
    Settings settings = settings(server.url(), "geheim", TLS.formatted(ca));

    ServiceFailure failure =
        catchThrowableOfType(ServiceFailure.class, () -> Service.start(settings));

    assertThat(failure)
        .hasMessageContaining("answers 401")
        .hasMessageContaining("registry.auth.password")
        .hasMessageNotContaining("geheim");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void shouldStopAtTheStartWhereTheCertificateIsNotTrusted() throws Exception {
    Settings settings = settings(server.url(), "pa55word", "");

    assertThatThrownBy(() -> Service.start(settings))
        .isInstanceOf(ServiceFailure.class)
        .hasMessageContaining("is not trusted")
        .hasMessageContaining("registry.tls.ca");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void shouldSayThatSchemasMayNotBeRegistered() throws Exception {
    Registry registry = registry(settings(server.url(), "pa55word", TLS.formatted(ca)));
    server.forbidWriting();

    assertThatThrownBy(() -> registry.register("s", new Schema.Parser().parse(SCHEMA)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("answers 403 to registering schema 'R'")
        .hasMessageContaining("output.format: json");
  }

  @Test
  void shouldNotTakeARegistryThatIsAwayForARefusal() throws Exception {
    // Port 9 (discard) is closed on loopback.
    Registry registry = registry(settings(URI.create("https://127.0.0.1:9"), "pa55word", ""));

    registry.checkAccess();

    assertThat(server.requests).isEmpty();
  }

  private static Registry registry(Settings settings) {
    return Objects.requireNonNull(new Formats(settings.formats()).registry());
  }

  private static Settings settings(URI url, String password, String tls) throws Exception {
    return settings(url, "auth: { user: kelbo, password: %s }%n  %s".formatted(password, tls));
  }

  /**
   * @param access keys below {@code registry}
   */
  private static Settings settings(URI url, String access) throws Exception {
    return new SettingsReader()
        .read(
            """
            kafka.bootstrap.servers: "127.0.0.1:1"
            input.topic: plant
            registry:
              urls: [ "%s" ]
              %s
            """
                .formatted(url, access),
            "test");
  }
}
