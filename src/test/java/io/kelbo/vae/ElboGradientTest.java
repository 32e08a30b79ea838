package io.kelbo.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole loss against central differences, at every parameter of the network. */
class ElboGradientTest {
  // h²/6 f''' + ε f/h is about 1e-9 here.
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;
  private static final double WEIGHT = 0.7;

  private final Random random = new Random(17);
  private LatentPrice price = new LatentPrice(Penalty.of(0.8), 3);

  private double[] parameters(Shape shape) {
    return random.doubles(shape.parameters()).map(u -> 0.4 * random.nextGaussian()).toArray();
  }

  /** An observation of {@link Made#mixed} heads, and one in three heads missing. */
  private void observe(Workspace w) {
    for (int i = 0; i < w.input.length; i++) {
      w.input[i] = random.nextGaussian();
      w.target[i] = random.nextGaussian();
    }
    w.target[1] = 1;
    w.target[2] = 3;
    w.target[3] = 2;
    w.target[8] = 0;
    Arrays.setAll(w.mask, k -> random.nextInt(3) == 0 ? 0 : 1);
  }

  private double[] hide(double[] mask) {
    return Arrays.stream(mask).map(m -> random.nextInt(3) == 0 ? 0 : m).toArray();
  }

  private double loss(Shape s, double[] p, Workspace w, double[] seen, double[] noise) {
    return WEIGHT
        * Elbo.accumulate(
            Kernels.best(),
            s,
            p,
            w,
            seen,
            noise,
            price,
            WEIGHT,
            new double[p.length],
            new Outers(s, 1));
  }

  private void check(Shape shape, double[] p, List<Head> heads) {
    Workspace w = new Workspace(shape);
    observe(w);
    double[] seen = hide(w.mask);
    double[] noise = random.doubles(shape.latent()).map(u -> random.nextGaussian()).toArray();
    double[] gradient = new double[p.length];

    Outers outers = new Outers(shape, 1);
    Elbo.accumulate(Kernels.best(), shape, p, w, seen, noise, price, WEIGHT, gradient, outers);
    outers.into(gradient, Kernels.best());

    for (int i = 0; i < p.length; i++) {
      double[] up = p.clone();
      double[] down = p.clone();
      up[i] += STEP;
      down[i] -= STEP;
      double slope =
          (loss(shape, up, w, seen, noise) - loss(shape, down, w, seen, noise)) / (2 * STEP);
      if (held(shape, heads, i)) {
        assertThat(gradient[i]).as("dispersion %d is not learned", i).isZero();
      } else {
        assertThat(gradient[i])
            .as("parameter %d of %d", i, p.length)
            .isCloseTo(slope, within(TOLERANCE * (1 + Math.abs(slope))));
      }
    }
  }

  /** Dispersions of heads that are not Gaussian are estimated before, and held. */
  private static boolean held(Shape shape, List<Head> heads, int parameter) {
    int place = parameter - shape.logSd();
    return place >= 0
        && place < shape.inputs()
        && heads.stream().noneMatch(h -> h.at() == place && h.likelihood().quantity());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5})
  void shouldBeTheSlopeAtEveryParameterOfMixedHeads(int hidden) {
    Shape shape = new Shape(Made.mixed(), 3, hidden);
    for (int round = 0; round < 8; round++) {
      check(shape, parameters(shape), Made.mixed());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void shouldBeTheSlopeAtEveryParameterOfDeeperBranches(int layers) {
    Shape shape = new Shape(Made.mixed(), 3, 5, layers);
    for (int round = 0; round < 4; round++) {
      check(shape, parameters(shape), Made.mixed());
    }
  }

  @Test
  void shouldBeTheSlopeAtEveryParameterOfQuantitiesWithHeavyTails() {
    List<Head> heads =
        Made.mixed().stream()
            .map(h -> h.likelihood().quantity() ? new Head(Likelihood.STUDENT_T, h.at(), 1) : h)
            .toList();
    Shape shape = new Shape(heads, 3, 5);

    for (int round = 0; round < 8; round++) {
      check(shape, parameters(shape), heads);
    }
  }

  @Test
  void shouldNotMoveALogVarianceBeyondItsClip() {
    Shape shape = new Shape(Made.mixed(), 3, 5);
    double[] p = parameters(shape);
    p[shape.logVarBias()] = EncoderPass.LOG_VAR_HIGH + 9;
    p[shape.logVarBias() + 1] = EncoderPass.LOG_VAR_LOW - 9;
    check(shape, p, Made.mixed());

    double[] gradient = new double[p.length];
    Workspace w = new Workspace(shape);
    observe(w);
    Elbo.accumulate(
        Kernels.best(),
        shape,
        p,
        w,
        w.mask.clone(),
        new double[3],
        price,
        WEIGHT,
        gradient,
        new Outers(shape, 1));

    assertThat(gradient[shape.logVarBias()]).isZero();
    assertThat(gradient[shape.logVarBias() + 1]).isZero();
    assertThat(gradient[shape.logVarBias() + 2]).isNotZero();
  }

  @Test
  void shouldTakeNoGradientFromNatsThatAreFree() {
    Shape shape = new Shape(Made.mixed(), 3, 5);
    price = new LatentPrice(Penalty.sparing(0.3), 3);

    check(shape, parameters(shape), Made.mixed());
  }

  @Test
  void shouldPriceLatentsThatGoTogether() {
    Shape shape = new Shape(Made.mixed(), 3, 5);
    price = new LatentPrice(Penalty.parting(0.7), 3);
    price.learn(new double[] {1, 2, -1}, new double[] {4, 2, -1, 2, 5, 1, -1, 1, 3}, 8);

    check(shape, parameters(shape), Made.mixed());
  }

  @Test
  void shouldScoreWhatIsHiddenFromTheEncoderButNotWhatIsMissing() {
    Shape shape = new Shape(Made.gaussians(2), 1, 0);
    price = new LatentPrice(Penalty.BOUND, 1);
    double[] p = parameters(shape);
    Workspace w = new Workspace(shape);
    Arrays.fill(w.mask, 1);
    double[] nothingSeen = new double[2];
    double[] noise = new double[1];
    double both = loss(shape, p, w, nothingSeen, noise);

    w.target[0] = 50;
    double hiddenIsStrange = loss(shape, p, w, nothingSeen, noise);
    w.mask[0] = 0;
    double missingIsStrange = loss(shape, p, w, nothingSeen, noise);

    assertThat(hiddenIsStrange).isGreaterThan(both + 10);
    assertThat(missingIsStrange).isLessThan(both + 10);
    assertThat(w.mask).containsExactly(0, 1);
  }
}
