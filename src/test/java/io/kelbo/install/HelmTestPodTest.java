package io.kelbo.install;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.kelbo.cli.Shell;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code helm test} runs: the pod's own words, where its address leads to this machine. */
class HelmTestPodTest {
  @Test
  void shouldAskTheServiceOfTheReleaseWhetherItIsReady(@TempDir Path folder) throws Exception {
    Chart chart = Chart.packagedIn(folder);
    String values = Chart.MINIMAL + "service: { port: 9000 }";
    JsonNode pod = chart.testPod(values);
    JsonNode service =
        Chart.kind(chart.manifests(values), "Service").stream()
            .filter(one -> one.at("/metadata/name").asText().equals("plant-kelbo"))
            .findFirst()
            .orElseThrow();
    List<String> words = new ArrayList<>();
    pod.at("/spec/containers/0/args").forEach(word -> words.add(word.asText()));
    String address = "plant-kelbo:" + service.at("/spec/ports/0/port").asInt();
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
    try {
      assertThat(words).contains("--address=" + address);
      words.replaceAll(word -> word.replace(address, "127.0.0.1:" + kelbo.getAddress().getPort()));

      Shell shell = Shell.run(words.toArray(String[]::new));

      assertThat(shell.out()).isEqualToIgnoringNewLines("ready");
      assertThat(shell.code()).isZero();
    } finally {
      kelbo.stop(0);
    }
  }
}
