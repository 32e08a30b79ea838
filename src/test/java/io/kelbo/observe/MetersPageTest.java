package io.kelbo.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetersPageTest {
  @Test
  void shouldStandInTheDocsAsInTheCode() throws Exception {
    String page =
        Files.readString(Path.of(System.getProperty("kelbo.home", "."), "docs/metrics.md"));
    String begin = "<!-- meters -->\n";
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf("<!-- /meters -->");

    assertThat(from).as("the markers in docs/metrics.md").isGreaterThan(begin.length() - 1);
    // Print it anew: java -cp "target/classes:target/lib/*" io.kelbo.observe.MetersPage
    assertThat(page.substring(from, to).strip()).isEqualTo(MetersPage.markdown().strip());
  }

  @Test
  void shouldExposeEachMeterUnderTheNameOfThePage() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    everyMeter(registry);

    for (Meter meter : Meter.values()) {
      assertThat(registry.scrape()).contains("# HELP " + meter.exposed() + " " + meter.sentence());
    }
  }

  @Test
  void shouldCountValuesOfAnOpenTagTogetherBeyondTheBound() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Meters meters = new Meters(registry);

    IntStream.range(0, Label.MOST + 30)
        .forEach(field -> meters.series.counter(Meter.MISSING_CELLS, "f" + field).increment());

    assertThat(meters.byTag("kelbo.missing.cells", "field"))
        .hasSize(Label.MOST + 1)
        .containsEntry(Label.OTHER, 30L);
    assertThat(meters.total("kelbo.missing.cells")).isEqualTo(Label.MOST + 30);
  }

  @Test
  void shouldNameMetersAsPrometheusWantsThem() throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    everyMeter(registry);

    Promtool.Said said = Promtool.run(Path.of("."), registry.scrape(), "check", "metrics");

    assertThat(said.text()).isEmpty();
    assertThat(said.code()).isZero();
  }

  /** One series of each meter. */
  static void everyMeter(PrometheusMeterRegistry registry) {
    Series series = new Meters(registry).series;
    for (Meter meter : Meter.values()) {
      List<Label> labels = meter.labels();
      String[] values =
          labels.stream()
              .map(label -> label.words().isEmpty() ? "x" : label.words().get(0))
              .toArray(String[]::new);
      switch (meter.kind()) {
        case COUNTER -> series.counter(meter, values).increment();
        case GAUGE -> {
          if (meter != Meter.EPISODES_OPEN) {
            series.set(meter, 1, values);
          }
        }
        case TIMER -> series.timer(meter, values).record(java.time.Duration.ofMillis(3));
        case SUMMARY -> series.summary(meter, values).record(0.5);
      }
    }
  }
}
