package io.kelbo.service;

import static io.kelbo.service.Readings.list;
import static io.kelbo.service.Readings.matching;
import static java.util.function.Function.identity;

import io.kelbo.format.FormatSettings;
import io.kelbo.format.RegistrySettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys that say where schemas are and how answers are written; part of {@link SettingKeys}. */
final class FormatKeys {
  private static final List<Setting<?>> ALL = new ArrayList<>();

  static final Setting<String> SCHEMA =
      text(
          "input.schema",
          "none",
          "the path of an Avro schema file (.avsc)",
          "The one schema of plain Avro records (`input.format: avro`).",
          "/etc/kelbo/telemetry.avsc");
  static final Setting<String> SCHEMAS =
      text(
          "schemas.dir",
          "none",
          "the path of a folder of .avsc files",
          "The schemas of single-object encoded records, found by their fingerprint.",
          "/etc/kelbo/schemas");
  static final Setting<List<URI>> URLS =
      add(
          Setting.define(
              "registry.urls",
              "",
              "one or more http:// or https:// URLs of one registry, without user or password",
              "A schema registry with the Confluent REST interface (Apicurio: ending in `/apis/ccompat/v7`).",
              list(matching("https?://[^\\s/@]+(/[^\\s@]*)?", URI::create))));
  static final Setting<String> USER =
      text("registry.auth.user", "none", "a name without ':'", "Basic authentication.", "kelbo");
  static final Setting<String> PASSWORD =
      text(
          "registry.auth.password",
          "none",
          "text, best as a reference such as ${file:/run/secrets/registry}",
          "Its password; never shown.",
          "${env:REGISTRY_PASSWORD}");
  static final Setting<String> TOKEN =
      text(
          "registry.auth.token",
          "none",
          "text, best as a reference such as ${env:REGISTRY_TOKEN}",
          "Bearer token, instead of user and password; never shown.",
          "${env:REGISTRY_TOKEN}");
  static final Setting<String> CA =
      text(
          "registry.tls.ca",
          "the JVM's certificates",
          "the path of a PEM file",
          "Certificates to trust for https URLs.",
          "/etc/kelbo/ca.pem");
  static final Setting<String> TRUSTSTORE =
      text(
          "registry.tls.truststore",
          "the JVM's certificates",
          "the path of a PKCS12 or JKS file",
          "The same as a key store.",
          "/etc/kelbo/trust.p12");
  static final Setting<String> TRUSTSTORE_PASSWORD =
      text(
          "registry.tls.truststore-password",
          "none",
          "text, best as a reference such as ${file:/run/secrets/trust}",
          "Its password; never shown.",
          "${env:TRUST_PASSWORD}");
  static final Setting<String> OUTPUT =
      add(
          Setting.define(
              "output.format",
              "auto",
              "'auto', 'json' or 'avro'",
              "How verdicts, anomalies and events are written; `auto` answers a record as it came.",
              matching("auto|json|avro", identity())));
  static final Setting<Boolean> LATENTS =
      add(
          Setting.define(
              "output.latents",
              "false",
              "'true' or 'false'",
              "Whether verdicts bear their record's latent vector, for other models to learn from.",
              matching("true|false", Boolean::valueOf)));

  /** What a form of the input cannot do without. */
  private static final Map<String, Setting<?>> NEEDED =
      Map.of("avro-confluent", URLS, "avro-single-object", SCHEMAS, "avro", SCHEMA);

  private FormatKeys() {}

  static List<Setting<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  /** Refuses what does not go together. */
  static void checkTogether(GivenSettings given) {
    String format = given.value(InputKeys.FORMAT).orElse("auto");
    Setting<?> needed = NEEDED.get(format);
    if (needed != null && given.value(needed).map(v -> v.equals(List.of())).orElse(true)) {
      given.refuse(
          InputKeys.FORMAT,
          "input.format is '%s' but %s is missing: it says where the schemas are. Add it, or leave input.format out for 'auto'."
              .formatted(format, needed.key()));
    }
    if (given.value(USER).isPresent() != given.value(PASSWORD).isPresent()) {
      given.refuse(
          USER,
          "registry.auth.user and registry.auth.password must be given together. Add the one that is missing.");
    }
    if (given.value(USER).isPresent() && given.value(TOKEN).isPresent()) {
      given.refuse(
          TOKEN, "registry.auth has both a user and a token but must have one. Leave one out.");
    }
  }

  static FormatSettings read(GivenSettings given) {
    List<URI> urls = given.value(URLS).orElse(List.of());
    return new FormatSettings(
        given.value(InputKeys.FORMAT).orElseThrow(),
        given.value(SCHEMA).map(Readings::path).orElse(null),
        given.value(SCHEMAS).map(Readings::path).orElse(null),
        urls.isEmpty()
            ? null
            : new RegistrySettings(
                urls,
                authorization(given),
                given.value(CA).map(Readings::path).orElse(null),
                given.value(TRUSTSTORE).map(Readings::path).orElse(null),
                given.value(TRUSTSTORE_PASSWORD).orElse(null)),
        given.value(OUTPUT).orElseThrow(),
        given.value(LATENTS).orElseThrow());
  }

  private static @Nullable String authorization(GivenSettings given) {
    Optional<String> token = given.value(TOKEN);
    if (token.isPresent()) {
      return "Bearer " + token.get();
    }
    return given
        .value(USER)
        .map(user -> user + ":" + given.value(PASSWORD).orElse(""))
        .map(pair -> pair.getBytes(StandardCharsets.UTF_8))
        .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair))
        .orElse(null);
  }

  /** As they may be shown, by key. */
  static void show(FormatSettings formats, Map<String, String> shown) {
    RegistrySettings registry = formats.registry();
    shown.put(SCHEMA.key(), shown(formats.schema(), SCHEMA));
    shown.put(SCHEMAS.key(), shown(formats.schemas(), SCHEMAS));
    shown.put(
        URLS.key(),
        registry == null
            ? URLS.without()
            : String.join(", ", registry.urls().stream().map(URI::toString).toList()));
    String authorization = registry == null ? null : registry.authorization();
    boolean token = authorization != null && authorization.startsWith("Bearer ");
    boolean basic = authorization != null && !token;
    shown.put(USER.key(), basic ? Secrets.HIDDEN : USER.without());
    shown.put(PASSWORD.key(), basic ? Secrets.HIDDEN : PASSWORD.without());
    shown.put(TOKEN.key(), token ? Secrets.HIDDEN : TOKEN.without());
    shown.put(CA.key(), shown(registry == null ? null : registry.ca(), CA));
    shown.put(TRUSTSTORE.key(), shown(registry == null ? null : registry.truststore(), TRUSTSTORE));
    shown.put(
        TRUSTSTORE_PASSWORD.key(),
        registry == null || registry.truststorePassword() == null
            ? TRUSTSTORE_PASSWORD.without()
            : Secrets.HIDDEN);
  }

  private static String shown(@Nullable Object value, Setting<?> setting) {
    return value == null ? setting.without() : value.toString();
  }

  private static Setting<String> text(
      String key, String without, String allowed, String sentence, String example) {
    return add(Setting.optional(key, without, allowed, sentence, example, "(?s).*\\S.*"));
  }

  private static <T> Setting<T> add(Setting<T> setting) {
    ALL.add(setting);
    return setting;
  }
}
