package io.kelbo.install;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.sun.net.httpserver.HttpServer;
import io.kelbo.cli.Shell;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code helm test}, by Helm itself: its pod's words run here, where their address leads. */
@Timeout(60)
class HelmTestPodTest {
  private final List<Shell> ran = new ArrayList<>();

  @Test
  void shouldAskTheServiceOfTheReleaseWhetherItIsReady(@TempDir Path folder) throws Exception {
    Chart chart = Chart.packagedIn(folder);
    HttpServer kelbo =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    kelbo.createContext(
        "/health/ready",
        exchange -> {
          byte[] ready = "ready\n".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, ready.length);
          exchange.getResponseBody().write(ready);
          exchange.close();
        });
    kelbo.start();
    String there = "127.0.0.1:" + kelbo.getAddress().getPort();
    try (ApiServer server = ApiServer.start(pod -> run(pod, "plant-kelbo:9000", there))) {
      install(server, chart);
      assertThat(Chart.kind(server.installed(), "Service"))
          .filteredOn(one -> one.at("/metadata/name").asText().equals("plant-kelbo"))
          .allSatisfy(one -> assertThat(one.at("/spec/ports/0/port").asInt()).isEqualTo(9000))
          .hasSize(1);

      test(server);

      assertThat(ran).singleElement().satisfies(shell -> assertThat(shell.code()).isZero());
      assertThat(ran.get(0).out()).isEqualToIgnoringNewLines("ready");
      assertThat(Chart.kind(server.installed(), "Pod")).isEmpty();
    } finally {
      kelbo.stop(0);
    }
  }

  @Test
  void shouldFailWhereThePodDoes(@TempDir Path folder) throws Exception {
    Chart chart = Chart.packagedIn(folder);
    try (ApiServer server = ApiServer.start(pod -> run(pod, "--within=PT2M", "--within=PT0S"))) {
      install(server, chart);

      Throwable failed = catchThrowable(() -> test(server));

      assertThat(failed).hasMessageContaining("plant-kelbo-test");
      assertThat(ran).singleElement().satisfies(shell -> assertThat(shell.code()).isEqualTo(3));
    }
  }

  private boolean run(JsonNode pod, String words, String instead) {
    List<String> arguments = new ArrayList<>();
    pod.at("/spec/containers/0/args").forEach(word -> arguments.add(word.asText()));
    assertThat(arguments).anyMatch(word -> word.contains(words));
    arguments.replaceAll(word -> word.replace(words, instead));
    ran.add(Shell.run(arguments.toArray(String[]::new)));
    return ran.get(0).code() == 0;
  }

  private static void install(ApiServer server, Chart chart) {
    new Helm(chart.folder())
        .install()
        .withName("plant")
        .withNamespace("plants")
        .withValuesFile(chart.file(Chart.MINIMAL + "service: { port: 9000 }"))
        .withKubeConfigContents(server.access())
        .disableOpenApiValidation()
        .call();
  }

  private static void test(ApiServer server) {
    Helm.test("plant")
        .withNamespace("plants")
        .withTimeout(30)
        .withKubeConfigContents(server.access())
        .call();
  }
}
