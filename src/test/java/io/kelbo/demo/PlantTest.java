package io.kelbo.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlantTest {
  private static final int DAYS = 20;
  private static final List<Reading> READINGS = readings(7, DAYS * Plant.TICKS_PER_DAY);

  @Test
  void shouldGiveTheSameReadingsForTheSameSeedOnly() {
    assertThat(readings(3, 200)).isEqualTo(readings(3, 200));
    assertThat(readings(3, 200)).isNotEqualTo(readings(4, 200));
  }

  @Test
  void shouldReadEachPumpEveryTwoMinutes() {
    assertThat(READINGS.subList(0, 12))
        .extracting(Reading::key)
        .containsExactly(
            "pump-1", "pump-2", "pump-3", "pump-4", "pump-5", "pump-6", "pump-1", "pump-2",
            "pump-3", "pump-4", "pump-5", "pump-6");
    assertThat(READINGS.get(6).time()).isEqualTo(READINGS.get(0).time().plusSeconds(120));
  }

  @Test
  void shouldKeepToTheCentreAndSpreadThatFaultsAreSizedBy() {
    for (Sensor sensor : Sensor.values()) {
      double[] x = values(sensor, READINGS);

      assertThat(mean(x)).as(sensor + " mean").isCloseTo(sensor.centre, within(sensor.spread));
      assertThat(sd(x) / sensor.spread).as(sensor + " spread").isBetween(0.7, 1.4);
    }
  }

  @Test
  void shouldTieTheSensorsOfAPumpToEachOther() {
    List<Reading> first = READINGS.stream().filter(r -> r.pump() == 0).toList();

    assertThat(correlation(Sensor.SPEED, Sensor.FLOW, first)).isGreaterThan(0.9);
    assertThat(correlation(Sensor.MOTOR_POWER, Sensor.MOTOR_CURRENT, first)).isGreaterThan(0.9);
    assertThat(correlation(Sensor.SPEED, Sensor.PRESSURE_INLET, first)).isLessThan(-0.6);
  }

  @Test
  void shouldRunWithTheDay() {
    double noon = mean(values(Sensor.AMBIENT, atHour(14)));
    double night = mean(values(Sensor.AMBIENT, atHour(3)));

    assertThat(noon - night).isGreaterThan(7);
    assertThat(mean(values(Sensor.SPEED, atHour(14))))
        .isGreaterThan(mean(values(Sensor.SPEED, atHour(2))) + 50);
  }

  @Test
  void shouldVisitEachModeAndSwitchTheFan() {
    assertThat(READINGS.stream().collect(Collectors.groupingBy(Reading::mode)))
        .containsOnlyKeys("eco", "normal", "boost")
        .allSatisfy((mode, in) -> assertThat(in.size()).isGreaterThan(READINGS.size() / 20));
    assertThat(READINGS.stream().filter(Reading::cooling).count())
        .isBetween(READINGS.size() / 10L, READINGS.size() * 9L / 10);
  }

  private static List<Reading> readings(long seed, int ticks) {
    Plant plant = new Plant(seed);
    List<Reading> all = new ArrayList<>();
    for (int t = 0; t < ticks; t++) {
      all.addAll(plant.next());
    }
    return all;
  }

  private static List<Reading> atHour(int hour) {
    int perHour = Plant.TICKS_PER_DAY / 24;
    return READINGS.stream().filter(r -> r.tick() % Plant.TICKS_PER_DAY / perHour == hour).toList();
  }

  private static double[] values(Sensor sensor, List<Reading> readings) {
    return readings.stream().mapToDouble(r -> r.values().get(sensor)).toArray();
  }

  private static double mean(double[] x) {
    return java.util.Arrays.stream(x).average().orElseThrow();
  }

  private static double sd(double[] x) {
    double mean = mean(x);
    return Math.sqrt(
        java.util.Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  private static double correlation(Sensor a, Sensor b, List<Reading> readings) {
    double[] x = values(a, readings);
    double[] y = values(b, readings);
    double meanX = mean(x);
    double meanY = mean(y);
    double[] xy = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      xy[i] = (x[i] - meanX) * (y[i] - meanY);
    }
    return mean(xy) / (sd(x) * sd(y));
  }
}
