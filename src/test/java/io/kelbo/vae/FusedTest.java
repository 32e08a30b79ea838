package io.kelbo.vae;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.kernel.Kernels;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scoring's weights, laid together, against the passes that training takes. */
class FusedTest {
  private final Random random = new Random(5);

  @ParameterizedTest
  @CsvSource({"1, 0, 1", "3, 0, 1", "3, 7, 1", "8, 32, 1", "11, 40, 1", "3, 7, 2", "8, 32, 4"})
  void givesTheSameBitsAsTheTwoPassesWhateverIsMissing(int latent, int hidden, int layers) {
    Shape shape = new Shape(Made.mixed(), latent, hidden, layers);
    double[] p = random.doubles(shape.parameters()).map(u -> 0.4 * random.nextGaussian()).toArray();
    Fused fused = new Fused(Kernels.best(), shape, p);
    for (int missing = 0; missing <= shape.heads().size(); missing++) {
      Workspace w = observed(shape, missing);
      Workspace passed = observed(shape, missing);

      fused.locate(w);
      EncoderPass.forward(Kernels.best(), shape, p, passed);

      assertThat(w.z).containsExactly(passed.mean);
      System.arraycopy(w.z, 0, passed.z, 0, latent);
      fused.decode(w);
      DecoderPass.forward(Kernels.best(), shape, p, passed);
      assertThat(w.eta).containsExactly(passed.eta);
      assertThat(w.decodePre).containsExactly(passed.decodePre); // the Jacobian's
    }
  }

  /** Numbers of one seed, without the first heads. */
  private static Workspace observed(Shape shape, int missing) {
    Workspace w = new Workspace(shape);
    Random numbers = new Random(9);
    Arrays.setAll(w.input, i -> i % 4 == 3 ? 0 : numbers.nextGaussian());
    Arrays.fill(w.mask, missing, w.mask.length, 1);
    return w;
  }
}
