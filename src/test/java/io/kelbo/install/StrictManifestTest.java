package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The strict reading must notice what Kubernetes itself would drop in silence. */
class StrictManifestTest {
  @Test
  void shouldNameKeysThatNoKindHas() {
    String manifests =
        """
        { apiVersion: v1, kind: Pod, metadata: { name: a, lables: {} }, spec: { containers: [ { name: a, imagee: b } ] } }
        ---
        { apiVersion: keda.sh/v1alpha1, kind: ScaledObject, spec: { maxReplicas: 3 } }
        ---
        { apiVersion: example.org/v1, kind: Nonsense }
        """;

    assertThat(Chart.split(manifests))
        .flatMap(StrictManifest::strangers)
        .anyMatch(path -> path.endsWith("Metadata.lables"))
        .anyMatch(path -> path.endsWith("Containers[].imagee"))
        .anyMatch(path -> path.contains("maxReplicas"))
        .anyMatch(path -> path.startsWith("Nonsense"))
        .hasSize(4);
  }
}
