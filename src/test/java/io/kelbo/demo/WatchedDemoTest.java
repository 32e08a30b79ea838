package io.kelbo.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.observe.DashboardPictures;
import io.kelbo.observe.Dashboards;
import io.kelbo.observe.Prometheus;
import io.kelbo.observe.Promtool;
import io.kelbo.service.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real service on the demo's plant, watched by the real Prometheus. */
class WatchedDemoTest {
  /** What may show nothing in a healthy demo, and why. */
  // One block of records with a fault of the plant in it leaves the window for a while; the alert
  // waits for half an hour of it.
  private static final String PASSING = "KelboDrift";

  private static final Map<String, String> MAY_BE_EMPTY =
      Map.of(
          "kelbo_suppressed_records_total", "nobody has made a rule",
          "kelbo_repaired_cells_total", "values are replaced where repair is on",
          "kelbo_drift_ratio", "told by a training that compares with the one before");

  private static final Path PICTURES =
      Path.of(System.getProperty("kelbo.home", "."), "target", "dashboards.html");
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final Pattern OURS = Pattern.compile("\\bkelbo_[a-z_]+");

  @Test
  void shouldAnswerEachPanelsQueryAndKeepEachAlertQuiet(@TempDir Path dir) throws Exception {
    Promtool.program("prometheus");
    AtomicBoolean over = new AtomicBoolean();
    Truth truth = new Truth();
    Plant plant = new Plant(3);
    int history = 2 * Plant.TICKS_PER_DAY;
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"), 0);
        Feed feed = new Feed(broker.bootstrap(), DemoSettings.TOPIC)) {
      Demo.createTopic(broker.bootstrap());
      feed.history(new Telemetry(plant, null, truth, 3), history);
      String yaml = DemoSettings.yaml(broker.bootstrap(), dir.resolve("state"), 3);
      long began = now();
      try (Service service = Service.start(DemoSettings.read(yaml));
          Prometheus prometheus = Prometheus.start(dir, service.port())) {
        Thread feeding =
            new Thread(
                () ->
                    feed.flow(
                        new Telemetry(plant, new Faults(3, history), truth, 4),
                        Feed.RATE,
                        over::get));
        feeding.start();

        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(2))
            .untilAsserted(() -> assertThat(unanswered(prometheus)).isEmpty());

        await()
            .pollDelay(Duration.ofSeconds(Long.getLong("watched.seconds", 0)))
            .atMost(Duration.ofHours(1))
            .until(() -> true);
        for (String query : Dashboards.choices()) {
          assertThat(prometheus.ask(query)).as("values to choose from: " + query).isNotEmpty();
        }
        for (String query : Dashboards.annotations()) {
          assertThat(prometheus.range(Dashboards.filledIn(query), began, now()))
              .as("moments to mark: " + query)
              .isNotEmpty();
        }
        DashboardPictures.write(PICTURES, prometheus, began, now());
        assertThat(prometheus.ask("count by (__name__) ({exported_application=~'.+'})"))
            .as("series with an application of the target's and one of the service's")
            .isEmpty();
        assertThat(prometheus.ask("max_over_time(ALERTS{alertstate='firing'}[1h])"))
            .as("alerts that fired at any time")
            .isEmpty();
        assertThat(fit(prometheus)).as("alerts that burn, or ask for what is not there").isEmpty();
        over.set(true);
        feeding.join(20_000);
      }
    }
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }

  /** Queries of panels that have no answer and must have one. */
  private static List<String> unanswered(Prometheus prometheus) throws Exception {
    List<String> unanswered = new ArrayList<>();
    for (Dashboards.Panel panel : Dashboards.panels()) {
      for (String query : panel.queries()) {
        boolean answered = !prometheus.ask(Dashboards.filledIn(query)).isEmpty();
        if (!answered && MAY_BE_EMPTY.keySet().stream().noneMatch(query::contains)) {
          unanswered.add(panel.title() + ": " + query);
        }
      }
    }
    return unanswered;
  }

  private static List<String> fit(Prometheus prometheus) throws Exception {
    List<String> wrong = new ArrayList<>();
    for (JsonNode rule : Dashboards.rules()) {
      String query = rule.path("expr").asText();
      boolean empty = prometheus.ask(query).isEmpty();
      if (rule.has("alert") != empty && !rule.path("alert").asText().equals(PASSING)) {
        wrong.add((empty ? "no answer: " : "burns: ") + query);
      }
      for (String meter : meters(query)) {
        if (!MAY_BE_EMPTY.containsKey(meter) && prometheus.ask("count(" + meter + ")").isEmpty()) {
          wrong.add("no such series: " + meter);
        }
      }
    }
    return wrong;
  }

  private static TreeSet<String> meters(String query) {
    TreeSet<String> meters = new TreeSet<>();
    Matcher matcher = OURS.matcher(query);
    while (matcher.find()) {
      meters.add(matcher.group());
    }
    return meters;
  }
}
