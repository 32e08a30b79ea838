package io.kelbo.service;

import java.nio.file.Path;
import java.util.List;

/** The keys under {@code http} that guard its pages; host and port are in {@link SettingKeys}. */
final class HttpKeys {
  static final Setting<String> TOKEN =
      Setting.optional(
          "http.token",
          "none",
          "16 to 200 letters, digits or any of '-._~+/='",
          "Whoever asks for `/metrics` or `/status` must send `Authorization: Bearer <token>`; health needs none.",
          "${file:/run/secrets/kelbo-token}",
          "[A-Za-z0-9._~+/=-]{16,200}");
  static final Setting<Path> CERTIFICATE =
      new Setting<>(
          "http.tls.certificate",
          null,
          "none",
          "the path of a PEM file",
          "The certificate chain to serve HTTPS with; needs `http.tls.key`.",
          "/etc/kelbo/tls.crt",
          Readings::path);
  static final Setting<Path> KEY =
      new Setting<>(
          "http.tls.key",
          null,
          "none",
          "the path of a PEM file",
          "Its private key, PKCS 8 and not encrypted.",
          "/etc/kelbo/tls.key",
          Readings::path);
  static final Setting<Integer> RATE =
      Setting.define(
          "http.rate",
          "20",
          "a whole number from 1 to 10000",
          "Requests a second, of all clients together; more are answered 429. Health is not counted.",
          Readings.whole(1, 10_000));

  private HttpKeys() {}

  static List<Setting<?>> all() {
    return List.of(TOKEN, CERTIFICATE, KEY, RATE);
  }
}
