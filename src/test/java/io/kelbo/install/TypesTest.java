package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.observe.Dashboards;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds what is written for Grafana, the Prometheus operator and KEDA against the types that they
 * publish for TypeScript. {@code .ci/types} fetches those; without them this test is left out.
 */
class TypesTest {
  private static final Path TYPES = Command.HOME.resolve("target/types");

  /** JSON says of an enumeration what its words are, not its name. */
  private static final String HEAD =
      """
      import type { AnnotationQuery, Dashboard } from './node_modules/@grafana/schema/dist/types/veneer/dashboard.types';
      import type { DataQuery } from '@grafana/schema';
      import type * as stat from './node_modules/@grafana/schema/dist/types/raw/composable/stat/panelcfg/x/types.gen';
      import type * as text from './node_modules/@grafana/schema/dist/types/raw/composable/text/panelcfg/x/types.gen';
      import type * as bargauge from './node_modules/@grafana/schema/dist/types/raw/composable/bargauge/panelcfg/x/types.gen';
      import type * as timeseries from './node_modules/@grafana/schema/dist/types/raw/composable/timeseries/panelcfg/x/types.gen';
      import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
      import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
      import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
      import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
      type Plain<T> = T extends string ? `${T}` : T extends (infer U)[] ? Plain<U>[]
        : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
      type Part<T> = T extends (infer U)[] ? Part<U>[] : T extends object ? { [K in keyof T]?: Part<T[K]> } : T;
      type Query = DataQuery & { expr: string; legendFormat?: string; instant?: boolean; format?: 'time_series' | 'table' | 'heatmap' };
      type Board = Omit<Dashboard, 'annotations'> & { annotations?: { list?: AnnotationQuery<Query>[] } };
      """;

  @BeforeAll
  static void look() {
    assumeTrue(
        Files.isExecutable(TYPES.resolve("node_modules/.bin/tsc")),
        "no types are here: .ci/types fetches them");
  }

  private static Command check(String name, String code) throws Exception {
    Files.writeString(TYPES.resolve(name + ".ts"), HEAD + code + "export {};\n");
    return Command.run(
        Duration.ofSeconds(120),
        "nice",
        TYPES.resolve("node_modules/.bin/tsc").toString(),
        "--noEmit",
        "--strict",
        "--skipLibCheck",
        "--target",
        "es2022",
        "--module",
        "esnext",
        "--moduleResolution",
        "bundler",
        TYPES.resolve(name + ".ts").toString());
  }

  @Test
  void shouldWriteDashboardsAsGrafanaTypesThem() throws Exception {
    StringBuilder code = new StringBuilder();
    int n = 0;
    for (Path file : Dashboards.files()) {
      code.append(
          "const dashboard%d: Plain<Part<Board>> = %s;%n".formatted(n++, Files.readString(file)));
    }
    for (Dashboards.Panel panel : Dashboards.panels()) {
      String type = panel.json().path("type").asText();
      JsonNode custom = panel.json().at("/fieldConfig/defaults/custom");
      code.append("// %s%n".formatted(panel.title()));
      code.append(
          "const options%d: Plain<Part<%s.Options>> = %s;%n"
              .formatted(n, type, panel.json().path("options")));
      code.append("const queries%d: Query[] = %s;%n".formatted(n, queries(panel.json())));
      if (!custom.isMissingNode()) {
        code.append(
            "const custom%d: Plain<Part<%s.FieldConfig>> = %s;%n".formatted(n, type, custom));
      }
      n++;
    }

    Command checked = check("dashboards", code.toString());

    assertThat(checked.out()).isEmpty();
    assertThat(checked.code()).isZero();
  }

  private static String queries(JsonNode panel) {
    return panel.has("targets") ? panel.path("targets").toString() : "[]";
  }

  @Test
  void shouldWriteManifestsAsTheirOperatorsTypeThem(@TempDir Path folder) throws Exception {
    Chart chart = Chart.packagedIn(folder);
    StringBuilder code = new StringBuilder();
    Set<String> kinds = Set.of("ScaledObject", "ServiceMonitor", "PodMonitor", "PrometheusRule");
    int n = 0;
    for (String example : new String[] {"everything", "stateless", "guarded"}) {
      String values = Files.readString(Chart.SOURCE.resolve("ci/" + example + "-values.yaml"));
      for (JsonNode manifest : chart.manifests(values)) {
        String kind = manifest.path("kind").asText();
        if (kinds.contains(kind)) {
          code.append("const %s%d: Plain<I%s> = %s;%n".formatted(kind, n++, kind, manifest));
        }
      }
    }
    assertThat(code).contains(kinds);

    Command checked = check("manifests", code.toString());

    assertThat(checked.out()).isEmpty();
    assertThat(checked.code()).isZero();
  }

  @Test
  void shouldNoticeAKeyThatGrafanaDoesNotHave() throws Exception {
    String broken =
        new ObjectMapper()
            .readTree(Dashboards.files().get(0).toFile())
            .toString()
            .replaceFirst("\"thresholds\":", "\"treshold\":");

    Command checked = check("broken", "const dashboard: Plain<Part<Board>> = " + broken + ";\n");

    assertThat(checked.out()).contains("treshold");
    assertThat(checked.code()).isNotZero();
  }
}
