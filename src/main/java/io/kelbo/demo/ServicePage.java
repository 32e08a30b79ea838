package io.kelbo.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.service.Service;
import io.kelbo.service.ServiceFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the service how it is, over HTTP as any other would. */
final class ServicePage {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final HttpRequest request;

  ServicePage(Service service) {
    request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/status".formatted(service.port())))
            .timeout(Duration.ofSeconds(5))
            .build();
  }

  /**
   * One line, such as {@code warming up 1200 of 4400}; empty if it did not answer in time.
   *
   * @throws ServiceFailure if it has stopped
   */
  String says() {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode status = JSON.readTree(response.body());
      String says = status.path("says").asText();
      if (status.path("state").asText().equals("failed")) {
        throw new ServiceFailure(says);
      }
      return says;
    } catch (IOException busy) {
      return "";
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
