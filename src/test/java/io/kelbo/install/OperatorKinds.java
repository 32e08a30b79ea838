package io.kelbo.install;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * The kinds of the Prometheus operator (monitoring.coreos.com/v1) and KEDA (keda.sh/v1alpha1), as
 * far as their references name keys that the chart may use; Kubernetes' own model has none of them.
 * {@link TypesTest} holds the chart against the operators' own types, where npm is at hand.
 */
final class OperatorKinds {
  static final Map<String, Class<?>> SPECS =
      Map.of(
          "ServiceMonitor", ServiceMonitor.class,
          "PodMonitor", PodMonitor.class,
          "PrometheusRule", PrometheusRule.class,
          "ScaledObject", ScaledObject.class);

  private OperatorKinds() {}

  record Selector(Map<String, String> matchLabels) {}

  record Key(String name, String key) {}

  record Authorization(Key credentials) {}

  record Authority(Key secret) {}

  record Tls(Authority ca, String serverName, Boolean insecureSkipVerify) {}

  record Relabeling(String targetLabel, String replacement) {}

  record Endpoint(
      String port,
      String path,
      String interval,
      String scheme,
      Authorization authorization,
      Tls tlsConfig,
      List<Relabeling> relabelings) {}

  record ServiceMonitor(Selector selector, List<Endpoint> endpoints) {}

  record PodMonitor(Selector selector, List<Endpoint> podMetricsEndpoints) {}

  record Rule(
      String alert,
      String record,
      String expr,
      String keep_firing_for,
      Map<String, String> labels,
      Map<String, String> annotations,
      @com.fasterxml.jackson.annotation.JsonProperty("for") String lasting) {}

  record Group(String name, String interval, Integer limit, List<Rule> rules) {}

  record PrometheusRule(List<Group> groups) {}

  record Target(String apiVersion, String kind, String name) {}

  record Reference(String name) {}

  record Trigger(String type, Map<String, String> metadata, Reference authenticationRef) {}

  record Hpa(JsonNode behavior) {}

  record Advanced(Hpa horizontalPodAutoscalerConfig) {}

  record ScaledObject(
      Target scaleTargetRef,
      int pollingInterval,
      int minReplicaCount,
      int maxReplicaCount,
      Advanced advanced,
      List<Trigger> triggers) {}
}
