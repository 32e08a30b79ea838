package io.kelbo.format;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions to a registry until one of its URLs answers: all in turn, then again after a pause that
 * doubles and is never twice the same, so that many instances do not ask in step.
 */
final class RegistryLine {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryLine.class);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;
  private static final int MOST_BYTES = 8 << 20;

  private final RegistrySettings settings;
  private final HttpClient client;
  private final LongSupplier nanos;
  private final Pause pause;
  private final Duration within;
  private volatile int first;
  private volatile String outage = "";

  /** {@code Thread::sleep}. */
  interface Pause {
    void millis(long millis) throws InterruptedException;
  }

  RegistryLine(RegistrySettings settings, LongSupplier nanos, Pause pause) {
    this(settings, nanos, pause, ANSWER);
  }

  /**
   * @param within how long one URL has for a whole answer, from the first byte to the last
   */
  RegistryLine(RegistrySettings settings, LongSupplier nanos, Pause pause, Duration within) {
    this.within = within;
    this.settings = settings;
    this.nanos = nanos;
    this.pause = pause;
    HttpClient.Builder builder =
        HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NORMAL);
    SSLContext trust = RegistryTrust.context(settings);
    this.client = (trust == null ? builder : builder.sslContext(trust)).build();
  }

  /**
   * @param path below the URLs, such as {@code /schemas/ids/1}
   * @param body null to GET a schema, JSON to POST one for its id
   * @return what the registry itself says: a page of whatever stands before it counts as none
   * @throws SchemaUnavailable if no URL answers within the patience, or the thread is interrupted
   */
  RegistryAnswer ask(String path, @Nullable String body) {
    long until = nanos.getAsLong() + settings.patience().toNanos();
    long wait = FIRST_PAUSE_MILLIS;
    try {
      while (true) {
        List<String> failures = new ArrayList<>();
        RegistryAnswer answer = once(path, body, failures);
        if (answer != null) {
          if (wait > FIRST_PAUSE_MILLIS) {
            LOG.info("the schema registry answers again");
          }
          outage = "";
          return answer;
        }
        outage = "the schema registry does not answer (%s)".formatted(String.join("; ", failures));
        if (wait == FIRST_PAUSE_MILLIS) {
          LOG.atWarn()
              .addKeyValue("failures", failures)
              .log("the schema registry does not answer; records wait for it");
        }
        long jittered = wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1);
        if (nanos.getAsLong() + jittered * 1_000_000 > until) {
          throw new SchemaUnavailable(
              "the schema registry did not answer '%s' within %s (%s): check registry.urls and registry.auth; records wait for it"
                  .formatted(path, settings.patience(), String.join("; ", failures)));
        }
        pause.millis(jittered);
        wait = Math.min(LONGEST_PAUSE_MILLIS, 2 * wait);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new SchemaUnavailable("interrupted while waiting for the schema registry");
    }
  }

  /** Why the last question has no answer yet, or never got one; empty where it has. */
  String outage() {
    return outage;
  }

  /**
   * Asks each URL once, without waiting, who we are to it. Null where one takes us, or none
   * answers: an outage is waited for, a refusal that waiting does not end is not.
   */
  @Nullable String refusal() {
    String refusal = null;
    for (URI url : settings.urls()) {
      try {
        RegistryAnswer answer = answer(url, "/schemas/types", null);
        if (!answer.denied()) {
          return null;
        }
        refusal =
            "the schema registry at '%s' answers %d: it does not let in whom registry.auth names%s. Correct registry.auth.user and registry.auth.password, or registry.auth.token, or grant the right to read schemas"
                .formatted(
                    shown(url),
                    answer.status(),
                    settings.authorization() == null ? ", and registry.auth names nobody" : "");
      } catch (SSLException untrusted) {
        refusal =
            "the schema registry at '%s' is not trusted (%s): name the certificates of who signed its own in registry.tls.ca or registry.tls.truststore"
                .formatted(shown(url), untrusted.getMessage());
      } catch (IOException away) {
        LOG.atDebug().addKeyValue("url", shown(url)).log("does not answer yet");
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return refusal;
  }

  /** Asks each URL once, the one that answered last at first; null where none gives an answer. */
  private @Nullable RegistryAnswer once(String path, @Nullable String body, List<String> failures)
      throws InterruptedException {
    int begin = first;
    RegistryAnswer missing = null;
    for (int i = 0; i < settings.urls().size(); i++) {
      int place = (begin + i) % settings.urls().size();
      URI url = settings.urls().get(place);
      try {
        RegistryAnswer answer = answer(url, path, body);
        boolean mayNotWrite = body != null && answer.denied();
        boolean told = answer.says(body == null ? "schema" : "id");
        if (told || mayNotWrite || answer.status() == 409 || answer.status() == 422) {
          first = place;
          return answer;
        }
        if (answer.unknown()) {
          // Another may know a schema that was registered a moment ago.
          missing = answer;
        } else {
          failures.add("%s %s".formatted(shown(url), answer.failure()));
        }
      } catch (IOException unreachable) {
        failures.add(
            "%s: %s %s"
                .formatted(
                    shown(url),
                    unreachable.getClass().getSimpleName(),
                    unreachable.getMessage() == null ? "" : unreachable.getMessage()));
      }
    }
    // What one does not know another that is away might.
    return failures.isEmpty() ? missing : null;
  }

  private RegistryAnswer answer(URI url, String path, @Nullable String body)
      throws IOException, InterruptedException {
    String base = url.toString().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
    if (settings.authorization() != null) {
      request.header("Authorization", settings.authorization());
    }
    if (body != null) {
      request
          .header("Content-Type", "application/vnd.schemaregistry.v1+json")
          .POST(HttpRequest.BodyPublishers.ofString(body));
    }
    // The timeout of a request ends with the headers on Java 17; this one ends with the body.
    CompletableFuture<HttpResponse<String>> coming =
        client.sendAsync(request.build(), to -> new BoundedText(MOST_BYTES));
    try {
      HttpResponse<String> response = coming.get(within.toMillis(), TimeUnit.MILLISECONDS);
      return new RegistryAnswer(response.statusCode(), response.body());
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(failed.getCause());
    } catch (TimeoutException late) {
      throw new HttpTimeoutException("no whole answer within " + within);
    } finally {
      coming.cancel(true);
    }
  }

  private static String shown(URI url) {
    return "%s://%s".formatted(url.getScheme(), url.getAuthority().replaceAll("^.*@", ""));
  }
}
