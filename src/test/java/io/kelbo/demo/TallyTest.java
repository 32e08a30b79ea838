package io.kelbo.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
  private final Truth truth = new Truth();
  private final Tally tally = new Tally(truth, System.nanoTime());

  @Test
  void shouldTakeTheErrorOfAFilledValueInSpreadsOfItsSensor() {
    List<Reading> readings = new Plant(1).next();
    readings.forEach(truth::produced);
    double[] flow = readings.stream().mapToDouble(r -> r.values().get(Sensor.FLOW)).toArray();
    double mean = java.util.Arrays.stream(flow).average().orElseThrow();
    double sd =
        Math.sqrt(
            java.util.Arrays.stream(flow)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
    Reading reading = readings.get(2);
    truth.dropped(reading, Sensor.FLOW, flow[2]);

    tally.imputed(reading.key(), reading.time(), "flow", flow[2] + 0.5 * sd);
    tally.imputed(reading.key(), reading.time(), "speed", 1);
    tally.imputed(reading.key(), reading.time(), "mode", Double.NaN);

    assertThat(tally.counts().imputedCells()).isEqualTo(3);
    assertThat(tally.counts().comparedCells()).isEqualTo(1);
    assertThat(tally.counts().nrmse()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void shouldMeasureThePlantTimeOfScoredRecordsOnly() throws Exception {
    tally.verdict(verdict("warming_up", 0));
    tally.verdict(verdict("normal", 60));
    tally.verdict(verdict("anomaly", 30));
    tally.deadLetter();

    assertThat(tally.counts().plantTimeScored()).isEqualTo(Duration.ofHours(1));
    assertThat(tally.counts().verdicts()).isEqualTo(3);
    assertThat(tally.counts().scored()).isEqualTo(2);
    assertThat(tally.counts().answered()).isEqualTo(4);
  }

  @Test
  void shouldHaveNoFiguresWhereNothingCame() {
    assertThat(tally.counts().nrmse()).isNaN();
    assertThat(tally.counts().firstAlarm()).isNaN();
    assertThat(tally.counts().plantTimeScored()).isZero();
  }

  private static JsonNode verdict(String kind, int tick) throws Exception {
    return new ObjectMapper()
        .readTree("{\"verdict\":\"%s\",\"time\":\"%s\"}".formatted(kind, Plant.time(tick)));
  }
}
