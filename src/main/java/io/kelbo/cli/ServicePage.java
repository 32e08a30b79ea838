package io.kelbo.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.service.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The running service's own {@code /status}, where it can be reached from here. */
final class ServicePage {
  private static final int PATIENCE_MILLIS = 2_000;

  private ServicePage() {}

  static String address(Settings settings) {
    return "%s://%s/status".formatted(settings.http().scheme(), nearby(settings));
  }

  /** Host and port to connect to from the same machine. */
  static String nearby(Settings settings) {
    String host = settings.http().host();
    // An address to listen on is not one to connect to.
    String near = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    return "%s:%d".formatted(near, settings.http().port());
  }

  /** What it says of itself, or null where it does not answer. */
  static @Nullable Map<String, Object> read(Settings settings) {
    if (settings.http().port() == 0) {
      return null;
    }
    try {
      Settings.Tls tls = settings.http().tls();
      HttpURLConnection connection =
          ServiceConnection.to(
              URI.create(address(settings)),
              tls == null ? null : tls.certificate(),
              PATIENCE_MILLIS);
      if (settings.http().token() != null) {
        connection.setRequestProperty("Authorization", "Bearer " + settings.http().token());
      }
      try (InputStream in = connection.getInputStream()) {
        Map<String, Object> page = new ObjectMapper().readValue(in, new TypeReference<>() {});
        // Another Kelbo, or something else, may have the port.
        return settings.name().equals(page.get("name")) ? page : null;
      } finally {
        connection.disconnect();
      }
    } catch (IOException | IllegalArgumentException noAnswer) {
      return null;
    }
  }
}
