package io.kelbo.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.observe.Meters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages answer whatever other clients do. */
class HttpEndpointsTest {
  @Test
  void shouldAnswerThoughOtherClientsNeverEndTheirRequests(@TempDir Path dir) throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Settings settings = TestSettings.of("127.0.0.1:1", dir);
    ServiceStatus status =
        new ServiceStatus(
            settings, new Progress(), new Meters(registry), List::of, () -> 0, () -> "");
    try (HttpEndpoints http = HttpEndpoints.open(settings.http(), registry, status);
        Socket one = new Socket("127.0.0.1", http.port());
        Socket two = new Socket("127.0.0.1", http.port())) {
      one.getOutputStream().write("GET /hea".getBytes(UTF_8));
      two.getOutputStream().write("GET /hea".getBytes(UTF_8));

      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + http.port() + "/health/live"))
                      .timeout(Duration.ofSeconds(25))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }
}
