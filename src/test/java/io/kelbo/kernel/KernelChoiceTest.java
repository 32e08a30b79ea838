package io.kelbo.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class KernelChoiceTest {
  @Test
  void shouldTakeTheVectorFormWhenItsModuleIsThere() {
    KernelChoice choice = KernelChoice.of(null, true);

    assertThat(choice.kernels()).isInstanceOf(VectorKernels.class);
    assertThat(choice.reason()).startsWith("vector").contains("-Dkelbo.kernels=scalar");
  }

  @Test
  void shouldTakeThePlainFormWhenTheModuleIsMissing() {
    KernelChoice choice = KernelChoice.of(null, false);

    assertThat(choice.kernels()).isInstanceOf(ScalarKernels.class);
    assertThat(choice.reason()).contains("--add-modules jdk.incubator.vector");
  }

  @Test
  void shouldTakeThePlainFormWhenAsked() {
    assertThat(KernelChoice.of("scalar", true).kernels()).isInstanceOf(ScalarKernels.class);
  }

  @Test
  void shouldRefuseAFormThatIsNotToBeHad() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KernelChoice.of("vector", false))
        .withMessageContaining("'vector'")
        .withMessageContaining("--add-modules jdk.incubator.vector");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KernelChoice.of("gpu", true))
        .withMessageContaining("'gpu'")
        .withMessageContaining("'scalar' or 'vector'");
  }

  @Test
  void shouldGiveTheSameBitsBeforeAndAfterTheVectorFormTakesOver() {
    Kernels gradual = KernelChoice.of(null, true).kernels();
    int n = 203;
    double[] x = new java.util.Random(1).doubles(n, -2, 2).toArray();
    double[] w = new java.util.Random(2).doubles(n * n, -2, 2).toArray();
    double[] first = new double[n];
    gradual.multiplyAdd(x, 0, n, w, 0, n, first, 0);

    double[] later = first;
    for (int i = 0; i < 8000; i++) { // 330 million multiply-adds: the vector form comes at 300
      later = new double[n];
      gradual.multiplyAdd(x, 0, n, w, 0, n, later, 0);
    }

    assertThat(later).containsExactly(first);
  }
}
