package io.kelbo.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.kelbo.JavaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machines of other lane widths: JVMs that are told to be narrower than this one could be. */
class WidthsTest {
  private static String run(String form, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("--add-modules", "jdk.incubator.vector"));
    all.addAll(List.of(options));
    Process process =
        JavaProcess.of(all, KernelBits.class, form)
            .redirectError(ProcessBuilder.Redirect.DISCARD) // the JVM's word about incubators
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out.strip();
  }

  @ParameterizedTest
  @CsvSource({"0, 2 doubles", "1, doubles", "2, 4 doubles"})
  void shouldGiveTheBitsOfTheScalarFormAtAnyLaneWidth(int avx, String lanes) throws Exception {
    assumeThat(System.getProperty("os.arch")).isEqualTo("amd64"); // the option is of that processor

    String vector = run("vector", "-XX:UseAVX=" + avx);
    String scalar = run("scalar");

    assertThat(vector).contains(lanes);
    assertThat(vector.split(" ")[0]).isEqualTo(scalar.split(" ")[0]);
  }
}
