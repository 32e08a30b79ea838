package io.kelbo.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Who is answered, and how often. Serves nothing itself. */
final class HttpGuard {
  /** Why a request is refused, and what the answer's code is. */
  record Refusal(int code, String text) {}

  /** On every answer: no other page may frame, guess or keep it. No CORS header is ever sent. */
  private static final List<List<String>> HEADERS =
      List.of(
          List.of("X-Content-Type-Options", "nosniff"),
          List.of("X-Frame-Options", "DENY"),
          List.of("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
          List.of("Referrer-Policy", "no-referrer"),
          List.of("Cache-Control", "no-store"));

  private static final int LONGEST_URI = 2_000;

  private final byte @Nullable [] expected;
  private final int rate;
  private final LongSupplier nanos;
  private double left;
  private long before;

  /**
   * @param nanos a clock such as {@code System::nanoTime}
   */
  HttpGuard(Settings.Http settings, LongSupplier nanos) {
    String token = settings.token();
    this.expected = token == null ? null : ("Bearer " + token).getBytes(UTF_8);
    this.rate = settings.rate();
    this.nanos = nanos;
    this.left = settings.rate();
    this.before = nanos.getAsLong();
  }

  /**
   * @param open whether the page is for everybody, as often as they like: the health checks
   * @return null where it may be answered
   */
  @Nullable Refusal refusal(HttpExchange exchange, boolean open) {
    Headers asked = exchange.getRequestHeaders();
    String length = asked.getFirst("Content-Length");
    if (asked.containsKey("Transfer-Encoding") || (length != null && !length.equals("0"))) {
      return new Refusal(413, "nothing is to be sent here\n");
    }
    if (exchange.getRequestURI().toString().length() > LONGEST_URI) {
      return new Refusal(414, "too long\n");
    }
    if (open) {
      return null;
    }
    // Counted before the token is looked at: guessing is slow, too.
    if (!admitted()) {
      exchange.getResponseHeaders().set("Retry-After", "1");
      return new Refusal(429, "too many requests; http.rate says how many a second\n");
    }
    String given = asked.getFirst("Authorization");
    if (expected != null
        && (given == null || !MessageDigest.isEqual(expected, given.getBytes(UTF_8)))) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      return new Refusal(401, "send 'Authorization: Bearer' with the http.token\n");
    }
    return null;
  }

  static void protect(Headers answer) {
    HEADERS.forEach(header -> answer.set(header.get(0), header.get(1)));
  }

  /** A bucket that holds one second's requests. */
  private synchronized boolean admitted() {
    long now = nanos.getAsLong();
    left = Math.min(rate, left + (now - before) * 1e-9 * rate);
    before = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
