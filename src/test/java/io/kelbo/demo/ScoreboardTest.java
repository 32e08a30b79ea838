package io.kelbo.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.demo.Scoreboard.Detection;
import io.kelbo.demo.Scoreboard.Share;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreboardTest {
  private static final Fault SHIFT = fault(FaultKind.LEVEL_SHIFT, 0, 100, 130);
  private static final Fault SPIKE = fault(FaultKind.SPIKE, 1, 200, 201);
  private static final List<Fault> FAULTS = List.of(SHIFT, SPIKE);

  @Test
  void shouldCountAFaultOnceHoweverOftenItAlarms() {
    Detection detection = count(alarm(0, 103), alarm(0, 120), alarm(0, 129));

    assertThat(detection)
        .isEqualTo(
            new Detection(
                2,
                1,
                0,
                0,
                Map.of(FaultKind.LEVEL_SHIFT, new Share(1, 1), FaultKind.SPIKE, new Share(0, 1))));
  }

  @Test
  void shouldCountAnAlarmOfAnotherPumpAsFalse() {
    Detection detection = count(alarm(1, 110));

    assertThat(detection.found()).isZero();
    assertThat(detection.falseAlarms()).isEqualTo(1);
  }

  @Test
  void shouldBeginWithTheFirstRecordAndEndWithTheGrace() {
    assertThat(count(alarm(0, 99)).falseAlarms()).isEqualTo(1);
    assertThat(count(alarm(0, 100)).found()).isEqualTo(1);
    assertThat(count(alarm(0, 130)).foundLate()).isZero();
    assertThat(count(alarm(0, 131)).foundLate()).isEqualTo(1);
    assertThat(count(alarm(0, 146)).foundLate()).isEqualTo(1);
    assertThat(count(alarm(0, 147)).falseAlarms()).isEqualTo(1);
  }

  @Test
  void shouldNotCallItLateWhenAnAlarmCameInTime() {
    assertThat(count(alarm(0, 120), alarm(0, 140)).foundLate()).isZero();
  }

  @Test
  void shouldLeaveOutAFaultThatHadNotEnded() {
    Detection detection =
        Scoreboard.count(FAULTS, List.of(alarm(0, 105), alarm(1, 200)), Plant.time(200));

    assertThat(detection.injected()).isEqualTo(1);
    assertThat(detection.found()).isEqualTo(1);
    assertThat(detection.falseAlarms()).isZero();
  }

  private static Detection count(Alarm... alarms) {
    return Scoreboard.count(FAULTS, List.of(alarms), Plant.time(1000));
  }

  private static Alarm alarm(int pump, int tick) {
    return new Alarm(Plant.name(pump), Plant.time(tick), 1e-5, null);
  }

  private static Fault fault(FaultKind kind, int pump, int first, int last) {
    return new Fault(kind, pump, Sensor.FLOW, first, last, 3, 0, 0);
  }
}
