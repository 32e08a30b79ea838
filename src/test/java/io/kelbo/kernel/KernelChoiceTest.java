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
}
