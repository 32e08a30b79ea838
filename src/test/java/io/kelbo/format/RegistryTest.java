package io.kelbo.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.UnreadableRecord.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry's client against a registry that fails in every way but one at a time. */
class RegistryTest {
  private static final String SCHEMA =
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}";
  // Port 9 (discard) is closed on loopback.
  private static final URI NOBODY = URI.create("http://127.0.0.1:9");

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

  @Test
  void shouldAskOnceForASchema() throws Exception {
    int id = server.add("s", SCHEMA);
    Registry registry = registry(null, server.url());

    assertThat(registry.schema(id)).isEqualTo(new Schema.Parser().parse(SCHEMA));
    registry.schema(id);

    assertThat(server.requests).containsExactly("GET /schemas/ids/1");
  }

  @Test
  void shouldRefuseARecordWhoseSchemaNobodyKnowsAndNotAskForItAgain() {
    Registry registry = registry(null, server.url());

    UnreadableRecord first =
        catchThrowableOfType(UnreadableRecord.class, () -> registry.schema(77));
    UnreadableRecord second =
        catchThrowableOfType(UnreadableRecord.class, () -> registry.schema(77));

    assertThat(second.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA);
    assertThat(first.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA);
    assertThat(first).hasMessageContaining("'77'");
    assertThat(server.requests).hasSize(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void shouldNotAskForASchemaThatCannotBeReadForEachOfItsRecords() {
    int id = server.add("s", "{\"type\": \"no such type\"}");
    Registry registry = registry(null, server.url());

    for (int record = 0; record < 3; record++) {
      assertThatThrownBy(() -> registry.schema(id))
          .isInstanceOf(UnreadableRecord.class)
          .hasMessageContaining("schema id '%d' cannot be read: ".formatted(id));
    }

    assertThat(server.requests).hasSize(1);
  }

  @Test
  void shouldWaitEverLongerWhileTheRegistryIsAway() throws Exception {
    int id = server.add("s", SCHEMA);
    server.away.set(5);

    registry(null, server.url()).schema(id);

    assertThat(pauses).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(pauses.get(i)).isBetween(50L << i, 100L << i);
    }
  }

  @Test
  void shouldGiveUpWaitingAfterItsPatienceWithoutBlamingTheRecord() {
    server.away.set(Integer.MAX_VALUE);

    assertThatThrownBy(() -> registry(null, server.url()).schema(1))
        .isInstanceOf(SchemaUnavailable.class)
        .hasMessageContaining("says 503")
        .hasMessageContaining("registry.urls");
    assertThat(pauses.stream().mapToLong(x -> x).sum()).isBetween(40_000L, 60_000L);
    assertThat(pauses).allMatch(pause -> pause <= 10_000);
  }

  @Test
  void shouldAskTheNextUrlAndStayWithIt() throws Exception {
    int first = server.add("s", SCHEMA);
    int second = server.add("s", SCHEMA);
    Registry registry = registry(null, NOBODY, server.url());

    registry.schema(first);
    registry.schema(second);

    assertThat(server.requests).hasSize(2);
    assertThat(pauses).isEmpty();
  }

  @Test
  void shouldWaitWhereOneDoesNotKnowTheSchemaAndAnotherIsAway() {
    Registry registry = registry(null, NOBODY, server.url());

    assertThatThrownBy(() -> registry.schema(1)).isInstanceOf(SchemaUnavailable.class);
  }

  @Test
  void shouldSayWhoItIsAndNotTellOthers() throws Exception {
    int id = server.add("s", SCHEMA);
    RegistrySettings settings = settings("Bearer secret-token", server.url());

    new Registry(settings).schema(id);

    assertThat(server.authorizations).containsExactly("Bearer secret-token");
    assertThat(settings.toString()).doesNotContain("secret");
  }

  @Test
  void shouldRegisterASchemaAndSayWhyItIsRefused() {
    server.add("odd-value", "\"string\"");
    Registry registry = registry(null, server.url());
    Schema schema = new Schema.Parser().parse(SCHEMA);

    assertThat(registry.register("a-value", schema)).isEqualTo(2);
    assertThat(registry.register("a-value", schema)).isEqualTo(2);
    assertThatThrownBy(() -> registry.register("odd-value", schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'odd-value' with status 409")
        .hasMessageContaining("output.format: json");
  }

  private Registry registry(@Nullable String authorization, URI... urls) {
    long[] nanos = {0};
    return new Registry(
        new RegistryLine(
            settings(authorization, urls),
            () -> nanos[0],
            millis -> {
              pauses.add(millis);
              nanos[0] += millis * 1_000_000;
            }));
  }

  private static RegistrySettings settings(@Nullable String authorization, URI... urls) {
    return new RegistrySettings(
        List.of(urls), authorization, null, null, null, Duration.ofMinutes(1));
  }
}
