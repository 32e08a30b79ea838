package io.kelbo.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmBudgetTest {
  @ParameterizedTest
  @CsvSource({
    "5 per day, 5, PT24H, 5 per day",
    "1 per minute, 1, PT1M, 1 per minute",
    "0.5 per hour, 0.5, PT1H, 0.5 per hour",
    "2 per week, 2, PT168H, 2 per week",
    "'  3   PER Month ', 3, PT720H, 3 per month"
  })
  void shouldReadAlarmsPerTime(String text, double count, Duration per, String shown) {
    AlarmBudget budget = AlarmBudget.of(text);

    assertThat(budget).isEqualTo(new AlarmBudget.PerTime(count, per));
    assertThat(budget).hasToString(shown);
    assertThat(AlarmBudget.of(budget.toString())).isEqualTo(budget);
  }

  @ParameterizedTest
  @CsvSource({"0.001, 0.001", "0.5, 0.5", "' 1e-6 ', 1e-6", ".01, 0.01"})
  void shouldReadAShareOfRecords(String text, double share) {
    AlarmBudget budget = AlarmBudget.of(text);

    assertThat(budget).isEqualTo(new AlarmBudget.PerRecord(share));
    assertThat(AlarmBudget.of(budget.toString())).isEqualTo(budget);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "5",
        "1.4",
        "0",
        "-0.1",
        "0 per day",
        "-3 per day",
        "5 per",
        "5 per year",
        "5 per days",
        "5/day",
        "five per day",
        "per day",
        "5 a day",
        "NaN",
        "Infinity",
        "0.1f",
        "0.1d",
        "0x1p-4",
        "0,001",
        "1 %",
        "1e-400",
        "5 per day per pump",
        "5 per day, please"
      })
  void shouldRefuseWhatIsNoBudgetAndSayWhatIs(String text) {
    assertThatThrownBy(() -> AlarmBudget.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("'5 per day'")
        .hasMessageContaining("0.001");
  }

  @Test
  void shouldRefuseMoreDigitsThanANumberHolds() {
    assertThatThrownBy(() -> AlarmBudget.of("9".repeat(400) + " per day"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRefuseBadContentsAtBirth() {
    assertThatThrownBy(() -> new AlarmBudget.PerRecord(0.6))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AlarmBudget.PerRecord(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AlarmBudget.PerTime(0, Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AlarmBudget.PerTime(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldSpreadABudgetOverTheRecordsOfADay() {
    assertThat(AlarmBudget.of("5 per day").perRecord(100_000)).isCloseTo(5e-5, within(1e-12));
    assertThat(AlarmBudget.of("1 per hour").perRecord(24_000)).isCloseTo(1e-3, within(1e-12));
    assertThat(AlarmBudget.of("0.01").perRecord(1)).isEqualTo(0.01);
    assertThat(AlarmBudget.of("5 per minute").perRecord(10)).isEqualTo(0.5); // at most every second
  }
}
