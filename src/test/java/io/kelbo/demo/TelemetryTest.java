package io.kelbo.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TelemetryTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Truth truth = new Truth();

  @Test
  void shouldSendTheSameForTheSameSeedOnly() {
    assertThat(messages(1, 300)).isEqualTo(messages(1, 300));
    assertThat(messages(1, 300)).isNotEqualTo(messages(2, 300));
  }

  @Test
  void shouldLoseOneToTwoValuesInAHundred() {
    List<Telemetry.Message> messages = messages(1, 2000);

    long cells = messages.size() * (Sensor.values().length + 2L);
    long present = messages.stream().mapToLong(m -> leaves(read(m.json()))).sum();
    assertThat(1 - (double) present / cells).isBetween(0.01, 0.02);
  }

  @Test
  void shouldSendAFewMessagesThatCannotBeRead() {
    List<Telemetry.Message> messages = messages(1, 5000);

    long unreadable = messages.stream().filter(m -> read(m.json()) == null).count();
    assertThat(messages).hasSize((int) (5000 * Plant.PUMPS + unreadable));
    assertThat(unreadable).isBetween(4L, 25L);
  }

  @Test
  void shouldRememberTheTrueValueOfWhatWasLostOnce() throws Exception {
    Plant plant = new Plant(9);
    Telemetry telemetry = new Telemetry(new Plant(9), null, truth, 4);
    int compared = 0;
    for (int t = 0; t < 100; t++) {
      List<Telemetry.Message> messages = telemetry.next();
      for (Reading reading : plant.next()) {
        String json = messages.get(reading.pump()).json();
        for (Sensor sensor : Sensor.values()) {
          double truly = requireNonNull(reading.values().get(sensor));
          double error = truth.error(reading.key(), reading.time(), sensor, truly);
          boolean lost =
              JSON.readTree(json).at("/" + sensor.path.replace('.', '/')).isMissingNode();

          assertThat(Double.compare(error, lost ? 0 : Double.NaN)).isZero();
          assertThat(truth.error(reading.key(), reading.time(), sensor, truly)).isNaN();
          compared += lost ? 1 : 0;
        }
      }
    }
    assertThat(compared).isPositive();
  }

  @Test
  void shouldTellOfEachFaultOnceAndKeepItsCellsOutOfTheTruth() {
    Telemetry telemetry = new Telemetry(new Plant(9), new Faults(2, 0), truth, 4);
    for (int t = 0; t < 3 * Plant.TICKS_PER_DAY; t++) {
      telemetry.next();
    }

    List<Fault> faults = truth.faults();
    assertThat(faults).hasSizeGreaterThan(6).doesNotHaveDuplicates();
    for (Fault fault : faults) {
      for (int tick = fault.firstTick(); tick <= fault.lastTick(); tick++) {
        assertThat(truth.error(fault.key(), Plant.time(tick), fault.sensor(), 0)).isNaN();
      }
    }
    assertThat(truth.newest()).isEqualTo(Plant.time(3 * Plant.TICKS_PER_DAY - 1));
  }

  private List<Telemetry.Message> messages(long seed, int ticks) {
    Telemetry telemetry = new Telemetry(new Plant(seed), null, truth, seed);
    List<Telemetry.Message> all = new ArrayList<>();
    for (int t = 0; t < ticks; t++) {
      all.addAll(telemetry.next());
    }
    return all;
  }

  private static @Nullable JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException unreadable) {
      return null;
    }
  }

  private static long leaves(@Nullable JsonNode node) {
    if (node == null) {
      return Sensor.values().length + 2L;
    }
    long leaves = 0;
    for (JsonNode below : node) {
      leaves += below.isObject() ? leaves(below) : 1;
    }
    return leaves;
  }
}
