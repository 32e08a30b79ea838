package io.kelbo.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.UnreadableRecord.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that no registry gives: of a proxy before it, of one that hangs, of one that lies. */
class RegistryStrangersTest {
  private static final String SCHEMA =
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}";

  private final List<Long> pauses = new ArrayList<>();
  private HttpRegistry server;

  @BeforeEach
  void open() throws Exception {
    server = new HttpRegistry();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404|<h1>no backend</h1>|says 404, but not as a schema registry does",
        "404|{\"error_code\": 404, \"message\": \"HTTP 404 Not Found\"}|says 404, but not",
        "200|<h1>log in</h1>|says 200, but not as a schema registry does",
        "200|{\"status\": \"up\"}|says 200, but not"
      })
  void shouldWaitWhereAnotherAnswersInThePlaceOfTheRegistry(int status, String body, String said)
      throws Exception {
    int id = server.add("s", SCHEMA);
    server.odd.put("/schemas/ids/" + id, exchange -> HttpRegistry.say(exchange, status, body));
    Registry registry = registry(Duration.ofSeconds(10));

    assertThatThrownBy(() -> registry.schema(id))
        .isInstanceOf(SchemaUnavailable.class)
        .hasMessageContaining(said)
        .hasMessageContaining("check registry.urls");
    server.odd.clear();

    assertThat(registry.schema(id)).isEqualTo(new Schema.Parser().parse(SCHEMA));
  }

  @ParameterizedTest
  @ValueSource(ints = {40_401, 40_402, 40_403})
  void shouldTakeTheRegistrysWordThatItKnowsNoSuchSchema(int code) {
    String body = "{\"error_code\":%d,\"message\":\"none such\"}".formatted(code);
    server.odd.put("/schemas/ids/1", exchange -> HttpRegistry.say(exchange, 404, body));

    assertThat(refusal(1)).hasMessageContaining("the registry knows none such");
    assertThat(pauses).isEmpty();
  }

  @Test
  @Timeout(20)
  void shouldWaitNoLongerForARegistryThatStallsInTheMiddleOfItsAnswer() throws Exception {
    int id = server.add("s", SCHEMA);
    server.odd.put(
        "/schemas/ids/" + id,
        exchange -> {
          server.odd.clear();
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
        });

    Schema schema = registry(Duration.ofMillis(500)).schema(id);

    assertThat(schema).isEqualTo(new Schema.Parser().parse(SCHEMA));
    assertThat(pauses).hasSize(1);
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void shouldWaitWhereAnAnswerIsLongerThanItMayBe() {
    byte[] part = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    server.odd.put(
        "/schemas/ids/1",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 9; i++) {
            exchange.getResponseBody().write(part);
          }
          exchange.close();
        });

    assertThatThrownBy(() -> registry(Duration.ofSeconds(10)).schema(1))
        .isInstanceOf(SchemaUnavailable.class)
        .hasMessageContaining("answers more than 8388608 bytes");
  }

  @Test
  void shouldRefuseReferencesInACircle() {
    refers("/schemas/ids/1", "a");
    refers("/subjects/a/versions/1", "b");
    refers("/subjects/b/versions/1", "a");

    assertThat(refusal(1))
        .hasMessage(
            "the record's schema refers to subject 'a' version 1, which refers to itself: correct it in the registry");
    assertThat(server.requests).hasSize(3);
  }

  @Test
  void shouldAskOnceForASchemaThatTwoReferTo() throws Exception {
    refers("/schemas/ids/1", "a", "b");
    refers("/subjects/a/versions/1", "b");
    refers("/subjects/b/versions/1");

    registry(Duration.ofSeconds(10)).schema(1);

    assertThat(server.requests).hasSize(3).doesNotHaveDuplicates();
  }

  private UnreadableRecord refusal(int id) {
    UnreadableRecord refusal =
        catchThrowableOfType(
            UnreadableRecord.class, () -> registry(Duration.ofSeconds(10)).schema(id));
    assertThat(refusal.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA);
    return refusal;
  }

  /** A schema that refers to version 1 of some subjects. */
  private void refers(String path, String... subjects) {
    String references =
        Stream.of(subjects)
            .map("{\"name\": \"%1$s\", \"subject\": \"%1$s\", \"version\": 1}"::formatted)
            .collect(Collectors.joining(", "));
    String body = "{\"schema\": \"\\\"int\\\"\", \"references\": [%s]}".formatted(references);
    server.odd.put(path, exchange -> HttpRegistry.say(exchange, 200, body));
  }

  private Registry registry(Duration within) {
    RegistrySettings settings =
        new RegistrySettings(List.of(server.url()), null, null, null, null, Duration.ofMinutes(1));
    long[] nanos = {0};
    return new Registry(
        new RegistryLine(
            settings,
            () -> nanos[0],
            millis -> {
              pauses.add(millis);
              nanos[0] += millis * 1_000_000;
            },
            within));
  }
}
