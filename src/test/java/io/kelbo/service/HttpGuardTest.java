package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kelbo.observe.Meters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is answered over HTTP, and how often. */
class HttpGuardTest {
  private static final String TOKEN = "a-token-of-sixteen-letters";
  private static final Settings.Http GUARDED =
      new Settings.Http("127.0.0.1", 0, TOKEN, null, Settings.Http.RATE);

  @Test
  void shouldAnswerWhoeverBearsTheTokenOnly() throws Exception {
    try (HttpEndpoints http = open(GUARDED)) {
      assertThat(get(http, "/status", null).statusCode()).isEqualTo(401);
      assertThat(get(http, "/metrics", "Bearer another").statusCode()).isEqualTo(401);
      assertThat(get(http, "/status", TOKEN).statusCode()).isEqualTo(401);
      assertThat(get(http, "/status", null).body()).doesNotContain(TOKEN);
      assertThat(get(http, "/status", "Bearer " + TOKEN).statusCode()).isEqualTo(200);
      assertThat(get(http, "/health/live", null).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldAnswerNoMoreThanTheRateAndHealthAlways() throws Exception {
    try (HttpEndpoints http = open(new Settings.Http("127.0.0.1", 0, null, null, 3))) {
      assertThat(refusedOf40(http, "/status")).isPositive();
      assertThat(get(http, "/health/live", null).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldGuardPathsThatAreNoPagesAndSayWhichThereAre() throws Exception {
    try (HttpEndpoints http = open(new Settings.Http("127.0.0.1", 0, TOKEN, null, 3))) {
      HttpResponse<String> unknown = get(http, "/nothing", "Bearer " + TOKEN);

      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(unknown.body()).contains("/status, /metrics");
      assertThat(unknown.headers().map().keySet())
          .contains("x-content-type-options", "x-frame-options", "referrer-policy");
      assertThat(get(http, "/nothing", null).statusCode()).isEqualTo(401);
      assertThat(refusedOf40(http, "/nothing")).isPositive();
    }
  }

  @Test
  void shouldOnlyBeReadAndSayHow() throws Exception {
    try (HttpEndpoints http = open(new Settings.Http("127.0.0.1", 0))) {
      HttpResponse<String> deleted = send(request(http, "http", "/status").DELETE());

      assertThat(deleted.statusCode()).isEqualTo(405);
      assertThat(deleted.headers().firstValue("Allow")).contains("GET, HEAD");
      assertThat(get(http, "/", null).body()).contains("/health/ready");
    }
  }

  @Test
  void shouldTakeNothingInAndSendProtectingHeaders() throws Exception {
    try (HttpEndpoints http = open(new Settings.Http("127.0.0.1", 0))) {
      HttpResponse<String> sent =
          send(
              request(http, "http", "/status")
                  .header("Origin", "https://elsewhere.example")
                  .POST(HttpRequest.BodyPublishers.ofString("x".repeat(100_000))));
      HttpResponse<String> asked = get(http, "/status", null);

      assertThat(sent.statusCode()).isEqualTo(413);
      assertThat(asked.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(asked.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(asked.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'");
      assertThat(sent.headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
      assertThat(get(http, "/status?" + "a".repeat(3_000), null).statusCode()).isEqualTo(414);
    }
  }

  @Test
  void shouldServeHttpsFromPemFiles(@TempDir Path dir) throws Exception {
    Certificates certificates = Certificates.make(dir);
    Settings.Tls tls =
        new Settings.Tls(
            Files.writeString(dir.resolve("tls.crt"), certificates.brokerChain()),
            Files.writeString(dir.resolve("tls.key"), certificates.brokerKey()));
    try (HttpEndpoints http = open(new Settings.Http("127.0.0.1", 0, null, tls, 10))) {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .sslContext(trusting(certificates.authority()))
              .build()
              .send(
                  request(http, "https", "/health/live").build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldNameTheFileThatMakesNoHttps(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("tls.key"), "secret words, but no key");
    Settings.Tls tls = new Settings.Tls(file, file);

    assertThatThrownBy(() -> open(new Settings.Http("127.0.0.1", 0, null, tls, 10)).close())
        .isInstanceOf(ServiceFailure.class)
        .hasMessageContaining("http.tls.key '" + file)
        .hasStackTraceContaining("ServiceFailure")
        .satisfies(e -> assertThat(e.toString()).doesNotContain("secret words"));
  }

  static HttpEndpoints open(Settings.Http where) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Settings settings = TestSettings.of("127.0.0.1:1", Path.of("unused"));
    return HttpEndpoints.open(
        where,
        registry,
        new ServiceStatus(
            settings, new Progress(), new Meters(registry), List::of, () -> 0, () -> ""));
  }

  private static HttpRequest.Builder request(HttpEndpoints http, String scheme, String path) {
    return HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + http.port() + path));
  }

  private static HttpResponse<String> get(
      HttpEndpoints http, String path, @Nullable String authorization) throws Exception {
    HttpRequest.Builder request = request(http, "http", path);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return send(request);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** How many of 40 requests, one after the other, are too many. */
  private static int refusedOf40(HttpEndpoints http, String path) throws Exception {
    int refused = 0;
    for (int i = 0; i < 40; i++) {
      refused += get(http, path, null).statusCode() == 429 ? 1 : 0;
    }
    return refused;
  }

  private static SSLContext trusting(String pem) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(
        "authority",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
