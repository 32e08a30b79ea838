package io.kelbo.service;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks a service over HTTP again and again whether it lives and is ready, as a platform does. */
final class Pulse implements AutoCloseable {
  private static final int EVERY_MILLIS = 20;

  private final HttpClient client = HttpClient.newHttpClient();
  private final ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor();
  private final int port;
  private final List<String> deaths = new CopyOnWriteArrayList<>();
  private final Set<String> unready = ConcurrentHashMap.newKeySet();

  private Pulse(int port) {
    this.port = port;
  }

  static Pulse of(Service service) {
    Pulse pulse = new Pulse(service.port());
    pulse.beat.scheduleWithFixedDelay(pulse::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return pulse;
  }

  /** What it said when it was not alive, or did not answer; empty where it always was. */
  List<String> deaths() {
    return List.copyOf(deaths);
  }

  /** What it said while it was alive and not ready. */
  Set<String> unready() {
    return Set.copyOf(unready);
  }

  private void look() {
    try {
      HttpResponse<String> ready = ask("/health/ready");
      HttpResponse<String> live = ask("/health/live");
      if (live.statusCode() != 200) {
        deaths.add(live.body());
      } else if (ready.statusCode() != 200) {
        unready.add(ready.body());
      }
    } catch (Exception unanswered) {
      if (!beat.isShutdown()) {
        deaths.add(unanswered.toString());
      }
    }
  }

  private HttpResponse<String> ask(String page) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + page);
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    beat.shutdownNow();
  }
}
