package io.kelbo.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final StringWriter written = new StringWriter();
  private final Terminal terminal = new Terminal(new PrintWriter(written), System.nanoTime());

  @Test
  void shouldTellAnAlarmInOneLine() throws Exception {
    terminal.alarm(
        Alarm.of(
            new ObjectMapper()
                .readTree(
                    """
                    {"entity": "pump-3", "time": "2010-01-03T14:26:00Z", "p_value": 8.3e-5,
                     "fields": [
                       {"name": "speed", "value": 1400.0, "expected": 1401.0, "contribution": 0.1},
                       {"name": "flow", "value": 91.26, "expected": 42.1, "low": 38.0,
                        "high": 46.04, "contribution": 36.9}]}
                    """)),
        Optional.of(new Fault(FaultKind.LEVEL_SHIFT, 2, Sensor.FLOW, 0, 1, 3, 0, 0)));

    assertThat(written.toString().strip().replaceAll(" +", " "))
        .isEqualTo(
            "day 3 14:26 pump-3 flow 91.3 m3/h, expected 42.1 (38.0 to 46.0)"
                + " once in 12,000 records [level shift]");
  }

  @Test
  void shouldTellOfAMissingValueAndOfACategory() throws Exception {
    alarm("{\"name\": \"motor.power\", \"expected\": 12.0, \"low\": 11, \"high\": 13}");
    alarm("{\"name\": \"mode\", \"value\": \"eco\", \"expected\": \"boost\"}");

    assertThat(written.toString())
        .contains("missing, expected 12.00 (11.00 to 13.00)")
        .contains("eco, expected boost ")
        .contains("[nothing was injected]");
  }

  @Test
  void shouldSayHowRareWithTwoFigures() {
    assertThat(Terminal.rarity(1 / 12_345.0)).isEqualTo("once in 12,000 records");
    assertThat(Terminal.rarity(0.5)).isEqualTo("once in 2 records");
    assertThat(Terminal.rarity(1e-12)).isEqualTo("once in over a billion records");
    assertThat(Terminal.rarity(Double.NaN)).isEmpty();
  }

  private void alarm(String field) throws Exception {
    String verdict =
        "{\"entity\": \"pump-1\", \"time\": \"2010-01-01T00:00:00Z\", \"fields\": [%s]}";
    terminal.alarm(
        Alarm.of(new ObjectMapper().readTree(verdict.formatted(field))), Optional.empty());
  }
}
