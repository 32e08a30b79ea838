package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.JavaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two pods on different machines must agree: whole trainings in JVMs of their own. */
class KernelFormsTest {
  private static List<String> trained(String kernels) throws IOException, InterruptedException {
    Process process =
        JavaProcess.of(
                List.of(
                    "--add-modules",
                    "jdk.incubator.vector",
                    "-XX:+UseSerialGC",
                    "-Dkelbo.kernels=" + kernels),
                TrainedBytes.class)
            .redirectError(ProcessBuilder.Redirect.DISCARD) // the JVM's word about incubators
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out.lines().toList();
  }

  @Test
  void shouldTrainTheSameBytesAndGiveTheSameVerdictsInEitherForm() throws Exception {
    List<String> scalar = trained("scalar");
    List<String> vector = trained("vector");

    assertThat(scalar).hasSize(5);
    assertThat(scalar.get(4)).startsWith("vae ");
    assertThat(vector).isEqualTo(scalar);
  }
}
