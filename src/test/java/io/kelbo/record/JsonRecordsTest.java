package io.kelbo.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import io.kelbo.record.UnreadableRecord.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRecordsTest {
  private static final int LIMIT = 1_048_576;

  private static Map<String, Object> flatten(String json) throws UnreadableRecord {
    return JsonRecords.flatten(json.getBytes(UTF_8), LIMIT);
  }

  private static UnreadableRecord refusal(byte[] value) {
    return catchThrowableOfType(UnreadableRecord.class, () -> JsonRecords.flatten(value, LIMIT));
  }

  @Test
  void shouldNameLeavesByDottedPathInOrder() throws UnreadableRecord {
    String json = "{'b':1,'a':{'x':true,'y':{'z':'on'}},'l':[2.5,{'k':3}]}".replace('\'', '"');

    assertThat(flatten(json))
        .containsExactly(
            entry("b", 1.0),
            entry("a.x", true),
            entry("a.y.z", "on"),
            entry("l.0", 2.5),
            entry("l.1.k", 3.0));
  }

  @Test
  void shouldLeaveOutNullsAndNumbersThatAreNotFinite() throws UnreadableRecord {
    assertThat(flatten("{\"a\":null,\"b\":NaN,\"c\":1e999,\"d\":-Infinity,\"e\":0}"))
        .containsExactly(entry("e", 0.0));
  }

  @Test
  void shouldReadAnEmptyObjectAsNoLeaves() throws UnreadableRecord {
    assertThat(flatten("{}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|NOT_JSON|is empty",
        "`  `|NOT_JSON|is empty",
        "{\"a\":1|NOT_JSON|is not JSON",
        "{\"a\":|NOT_JSON|is not JSON",
        "{\"a\":1} x|NOT_JSON|is not JSON",
        "{\"a\":1}{\"a\":2}|NOT_JSON|goes on after",
        "temperature=4|NOT_JSON|is not JSON",
        "[1,2,3]|NOT_AN_OBJECT|an array",
        "[1,2|NOT_JSON|is not JSON",
        "42|NOT_AN_OBJECT|a bare value",
        "\"text\"|NOT_AN_OBJECT|a bare value",
        "null|NOT_AN_OBJECT|a bare value",
      })
  void shouldRefuseWithItsReason(String value, Reason reason, String sentence) {
    UnreadableRecord refusal = refusal(value.getBytes(UTF_8));

    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal).hasMessageContaining(sentence);
    assertThat(refusal.getMessage()).doesNotContain("\n");
  }

  @Test
  void shouldRefuseBytesThatAreNoText() {
    assertThat(refusal(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2, 3}).reason())
        .isEqualTo(Reason.NOT_JSON);
    assertThat(
            refusal("{\"a\":\"\u00e4\"}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
                .reason())
        .isEqualTo(Reason.NOT_JSON);
  }

  @Test
  void shouldRefuseWhatIsBeyondItsBounds() {
    assertThat(refusal(new byte[2_000_000]).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(refusal(new byte[2_000_000])).hasMessageContaining("input.max-bytes '1048576'");
    assertThat(refusal("{\"a\":".repeat(70).getBytes(UTF_8)).reason()).isEqualTo(Reason.TOO_DEEP);
    assertThat(refusal("[".repeat(100_000).getBytes(UTF_8)).reason()).isEqualTo(Reason.TOO_DEEP);
    String manyDigits = "{\"a\":" + "9".repeat(5_000) + "}";
    assertThat(refusal(manyDigits.getBytes(UTF_8)).reason()).isEqualTo(Reason.TOO_LARGE);
    String manyLeaves = "{\"a\":[" + "1,".repeat(20_000) + "1]}";
    assertThat(refusal(manyLeaves.getBytes(UTF_8)).reason()).isEqualTo(Reason.TOO_LARGE);
    String longName = "{\"" + "n".repeat(2_000) + "\":1}";
    assertThat(refusal(longName.getBytes(UTF_8)).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void shouldReadSixtyFourLevels() throws UnreadableRecord {
    String json = "{\"a\":".repeat(64) + "1" + "}".repeat(64);

    assertThat(flatten(json)).hasSize(1).containsValue(1.0);
  }
}
