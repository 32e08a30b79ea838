package io.kelbo.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final int BEGIN = 100;
  private static final int DAYS = 30;

  @Test
  void shouldBreakTheSameForTheSameSeedOnly() {
    assertThat(faults(5)).isEqualTo(faults(5));
    assertThat(faults(5)).isNotEqualTo(faults(6));
  }

  @Test
  void shouldBreakNothingBeforeItMay() {
    assertThat(faults(5)).allMatch(f -> f.firstTick() > BEGIN);
  }

  @Test
  void shouldBreakSoonSoThatAShortDemoShowsSomething() {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(faults(seed).get(0).firstTick()).isLessThan(BEGIN + 500);
    }
  }

  @Test
  void shouldLeaveAPumpInPeaceBetweenTwoFaults() {
    faults(5).stream()
        .collect(Collectors.groupingBy(Fault::pump))
        .forEach(
            (pump, its) -> {
              for (int i = 1; i < its.size(); i++) {
                assertThat(its.get(i).firstTick() - its.get(i - 1).lastTick()).isGreaterThan(400);
              }
            });
  }

  @Test
  void shouldUseEachKindAboutAsOften() {
    var counts =
        faults(5).stream().collect(Collectors.groupingBy(Fault::kind, Collectors.counting()));

    assertThat(counts).containsOnlyKeys(FaultKind.values());
    long most = counts.values().stream().max(Long::compare).orElseThrow();
    long least = counts.values().stream().min(Long::compare).orElseThrow();
    assertThat(most - least).isLessThanOrEqualTo(1);
  }

  @Test
  void shouldLastAsLongAsItsKindDoes() {
    assertThat(faults(5))
        .allSatisfy(
            f ->
                assertThat(f.lastTick() - f.firstTick() + 1)
                    .isBetween(f.kind().shortest, f.kind().longest));
  }

  @Test
  void shouldBreakAFewRecordsInAHundred() {
    long records = (long) DAYS * Plant.TICKS_PER_DAY * Plant.PUMPS;
    long broken = faults(5).stream().mapToLong(f -> f.lastTick() - f.firstTick() + 1).sum();

    assertThat((double) broken / records).isBetween(0.02, 0.05);
  }

  @Test
  void shouldDistortAsItsKindSays() {
    Sensor flow = Sensor.FLOW;

    assertThat(fault(FaultKind.SPIKE, 5).distorted(0, 70)).isEqualTo(70 + 5 * flow.spread);
    assertThat(fault(FaultKind.LEVEL_SHIFT, -2).distorted(9, 70)).isEqualTo(70 - 2 * flow.spread);
    assertThat(fault(FaultKind.STUCK, 0).distorted(9, 70)).isEqualTo(66.6);
    assertThat(fault(FaultKind.SILENT, 0).distorted(9, 70)).isNull();
    assertThat(fault(FaultKind.DRIFT, 4).distorted(0, 70)).isEqualTo(70 + 0.4 * flow.spread);
    assertThat(fault(FaultKind.DRIFT, 4).distorted(9, 70)).isEqualTo(70 + 4 * flow.spread);
  }

  @Test
  void shouldKeepABrokenCorrelationWithinWhatTheSensorShowsAnyway() {
    Fault fault = fault(FaultKind.BROKEN_CORRELATION, 1.2);

    double[] sent =
        IntStream.range(0, 60).mapToDouble(k -> requireNonNull(fault.distorted(k, 70))).toArray();

    assertThat(Arrays.stream(sent).map(v -> Math.abs(v - Sensor.FLOW.centre)).max().orElseThrow())
        .isLessThan(2.2 * Sensor.FLOW.spread);
    assertThat(Arrays.stream(sent).distinct().count()).isGreaterThan(30);
  }

  private static Fault fault(FaultKind kind, double size) {
    return new Fault(kind, 0, Sensor.FLOW, 0, 9, size, 0.3, 66.6);
  }

  private static List<Fault> faults(long seed) {
    Plant plant = new Plant(1);
    Faults faults = new Faults(seed, BEGIN);
    List<Fault> all = new ArrayList<>();
    for (int t = 0; t < DAYS * Plant.TICKS_PER_DAY; t++) {
      for (Reading reading : plant.next()) {
        if (t < BEGIN) {
          continue;
        }
        Fault fault = faults.at(reading);
        if (fault != null && !all.contains(fault)) {
          all.add(fault);
        }
      }
    }
    return all;
  }
}
