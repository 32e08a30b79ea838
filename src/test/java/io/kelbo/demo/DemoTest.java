package io.kelbo.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What cannot be otherwise, however fast the machine is and whatever the model learned. */
class DemoTest {
  @Test
  void shouldAnswerEachRecordOnceAndTellAllFigures() throws Exception {
    StringWriter out = new StringWriter();

    int code = Demo.run(new DemoOptions(Duration.ofSeconds(25), true, 3), new PrintWriter(out));

    List<String> lines = out.toString().lines().toList();
    JsonNode figures = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(code).isZero();
    assertThat(figures.fieldNames())
        .toIterable()
        .contains(
            "records",
            "verdicts",
            "dead_letters",
            "anomalies",
            "episodes_injected",
            "episodes_found",
            "false_alarms",
            "false_alarms_expected",
            "imputed_cells",
            "imputation_nrmse",
            "models_published",
            "seconds_to_first_verdict",
            "seconds_to_first_alarm");
    assertThat(figures.path("records").asLong()).isGreaterThan(8_640);
    assertThat(figures.path("verdicts").asLong() + figures.path("dead_letters").asLong())
        .isEqualTo(figures.path("records").asLong());
    assertThat(figures.path("models_published").asInt()).isPositive();
    assertThat(figures.path("imputed_cells").asLong()).isGreaterThan(500);
    assertThat(figures.path("imputation_nrmse").asDouble()).isBetween(0.01, 1.0);
    assertThat(lines).anyMatch(line -> line.contains("model 1 scores from now on"));
  }
}
