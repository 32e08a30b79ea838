package io.kelbo.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Which kernels this process computes with. Only here is the vector form named, and only behind a
 * look for its module, so that the plain path never loads it.
 *
 * @param reason for the log
 */
record KernelChoice(Kernels kernels, String reason) {
  /** The JVM's property that forces one: {@code scalar} or {@code vector}. */
  static final String PROPERTY = "kelbo.kernels";

  private static final String MODULE = "jdk.incubator.vector";
  private static volatile @Nullable KernelChoice made;

  /** The choice for this process. Two threads at once would choose the same. */
  static KernelChoice made() {
    KernelChoice choice = made;
    if (choice == null) {
      choice = of(System.getProperty(PROPERTY), ModuleLayer.boot().findModule(MODULE).isPresent());
      made = choice;
    }
    return choice;
  }

  /**
   * @param wanted {@code scalar}, {@code vector}, or null for the best
   * @param present whether the Vector API's module was added
   */
  static KernelChoice of(@Nullable String wanted, boolean present) {
    if (wanted != null && !wanted.equals("scalar") && !wanted.equals("vector")) {
      throw new IllegalArgumentException(
          "%s is '%s' but must be 'scalar' or 'vector'; leave it out for the best of both"
              .formatted(PROPERTY, wanted));
    }
    if ("scalar".equals(wanted)) {
      return new KernelChoice(ScalarKernels.INSTANCE, "scalar, as -D" + PROPERTY + " asks");
    }
    if (present) {
      return new KernelChoice(
          new VectorKernels(),
          "vector, %s at a time (-D%s=scalar for the plain form)"
              .formatted(VectorKernels.width(), PROPERTY));
    }
    if (wanted != null) {
      throw new IllegalArgumentException(
          "%s is '%s' but the module %s is not there; start the JVM with --add-modules %s"
              .formatted(PROPERTY, wanted, MODULE, MODULE));
    }
    return new KernelChoice(
        ScalarKernels.INSTANCE,
        "scalar: --add-modules " + MODULE + " would enable the vector form");
  }
}
