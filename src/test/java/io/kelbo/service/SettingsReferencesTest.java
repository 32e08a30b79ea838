package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands outside the configuration, and what must never be shown. */
class SettingsReferencesTest {
  private static final String SMALLEST =
      "kafka: { bootstrap.servers: 'localhost:9092' }\ninput: { topic: plant }\n";

  private final SettingsReader reader =
      new SettingsReader(Map.of("PASSWORD", "hunter2", "TOPIC", "from-env"));

  private Settings read(String yaml) throws SettingsProblems {
    return reader.read(yaml, "test");
  }

  private SettingsProblems refusal(String yaml) {
    SettingsProblems problems = catchThrowableOfType(SettingsProblems.class, () -> read(yaml));
    assertThat(problems).as(yaml).isNotNull();
    return problems;
  }

  @Test
  void shouldResolveReferencesToEnvironmentAndFiles(@TempDir Path folder) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "s3cret\n");

    Settings settings =
        read(
            """
            kafka:
              bootstrap.servers: "localhost:9092"
              sasl.jaas.config: "Login user='u' password='${env:PASSWORD}';"
              ssl.key.password: ${file:%s}
              other: ${vault:x}
            input: { topic: "${env:TOPIC}" }
            """
                .formatted(secret));

    assertThat(settings.kafka())
        .containsEntry("sasl.jaas.config", "Login user='u' password='hunter2';")
        .containsEntry("ssl.key.password", "s3cret")
        .containsEntry("other", "${vault:x}");
    assertThat(settings.input().topic()).hasToString("from-env");
  }

  @Test
  void shouldHideAClientPropertyThatCameFromAReferenceWhateverItsName() throws Exception {
    Settings settings =
        read(SMALLEST + "kafka.client.rack: \"rack-${env:PASSWORD}\"\nkafka.client.id: plain\n");

    assertThat(settings.kafka()).containsEntry("client.rack", "rack-hunter2");
    assertThat(ShownSettings.of(settings))
        .containsEntry("kafka.client.rack", Secrets.HIDDEN)
        .containsEntry("kafka.client.id", "plain")
        .containsEntry("kafka.bootstrap.servers", "localhost:9092");
  }

  @Test
  void shouldSayWhichReferenceLeadsNowhere() {
    assertThat(refusal(SMALLEST + "name: ${env:NOPE}\nhttp.host: ${file:/no/such/file}\n"))
        .hasMessageContaining("name refers to '${env:NOPE}' but the environment variable 'NOPE'")
        .hasMessageContaining("the file '/no/such/file' cannot be read")
        .hasMessageContaining("2 problems");
  }

  @Test
  void shouldNeverShowSecrets(@TempDir Path folder) throws Exception {
    Path port = Files.writeString(folder.resolve("port"), "hunter2");
    Settings settings =
        read(
            SMALLEST
                + """
                kafka.sasl.jaas.config: "password='hunter2'"
                kafka.ssl.keystore.password: hunter2
                kafka.ssl.keystore.key: hunter2
                kafka.basic.auth.user.info: u:hunter2
                """);

    assertThat(settings.toString()).contains("(hidden)").doesNotContain("hunter2");
    assertThat(refusal(SMALLEST + "http.port: ${file:" + port + "}\nmy.password: hunter2\n"))
        .hasMessageContaining("http.port is '${file:")
        .hasMessageContaining("my.password is '(hidden)'")
        .message()
        .doesNotContain("hunter2");
    assertThat(refusal("a: [\n  b: 'hunter2\n  password: hunter2").getMessage())
        .doesNotContain("hunter2");
  }
}
