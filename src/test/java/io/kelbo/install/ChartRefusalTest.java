package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong values, and what Helm says of them before anything is installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartRefusalTest {
  @TempDir private static Path folder;
  private Chart chart;

  @BeforeAll
  void lay() throws Exception {
    chart = Chart.packagedIn(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replica: 2                                  | replica",
        "workload: DaemonSet                         | workload",
        "replicas: none                              | replicas",
        "replicas: 0                                 | replicas",
        "persistence: { size: big }                  | size",
        "persistence: { whenDeleted: Never }         | whenDeleted",
        "metrics: { monitor: Both }                  | monitor",
        "service: { port: 80 }                       | port",
        "antiAffinity: strong                        | antiAffinity",
        "image: { digest: abc }                      | digest",
        "probes: { startupSteps: 0 }                 | startupSteps",
        "terminationGracePeriodSeconds: 5            | terminationGracePeriodSeconds",
        "networkPolicy: { kafkaPorts: [] }           | kafkaPorts",
        "labels: { a: 1 }                            | labels",
        "autoscaling: { enabled: true }              | autoscaling.partitions is missing: give the number",
        "http: { token: a-token-of-sixteen-letters } | token",
        "http: { tokenKey: '' }                      | tokenKey",
        "metrics: { tlsConfig: none }                | tlsConfig",
        "runbooks: wiki/kelbo                        | runbooks",
      })
  void shouldNameTheValueThatIsWrong(String values, String named) {
    Throwable refusal = catchThrowable(() -> chart.manifests(Chart.MINIMAL + values));

    assertThat(refusal).hasMessageContaining(named);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config: {}                                                  | config.kafka.bootstrap.servers is missing",
        "config: { kafka: { bootstrap.servers: 'k:1' } }             | config.input.topic is missing",
        "config: { kafka.bootstrap.servers: k:1, input: { topics: [] } } | config.input.topic is missing",
        "config: { kafka.bootstrap.servers: k:1, input.topic: t, roles: [score] } | config.roles is given but the chart sets it",
        "config: { kafka.bootstrap.servers: k:1, input.topic: t, http.port: 1 }   | config.http.port is given but the chart sets it",
        "config: { kafka.bootstrap.servers: k:1, input.topic: t, http: { rate: 5, token: t } } | config.http.token is given but the chart sets it",
        "config: { kafka.bootstrap.servers: k:1, input.topic: t, http: none }     | config.http is given but the chart sets it",
      })
  void shouldSayWhatTheConfigurationLacks(String values, String sentence) {
    Throwable refusal = catchThrowable(() -> chart.manifests(values));

    assertThat(refusal).hasMessageContaining(sentence);
  }
}
