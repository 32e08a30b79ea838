package io.kelbo.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExemplarsTest {
  private static final int D = 3;
  private final Random random = new Random(7);

  private double[][] cloud(int rows, double centre) {
    double[][] cloud = new double[rows][D];
    for (double[] row : cloud) {
      Arrays.setAll(row, j -> centre + random.nextGaussian());
    }
    return cloud;
  }

  private static double[] seen(double first) {
    return new double[] {first, 1, 1};
  }

  private static double squared(Exemplars exemplars, int place, double[] x, double[] seen) {
    double sum = 0;
    for (int j = 0; j < D; j++) {
      double off = seen[j] * (x[j] - exemplars.at(j, place));
      sum += off * off;
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 40})
  void shouldFindTheNeighbourOfARankAsSortingAllWould(int rank) {
    Exemplars exemplars = Exemplars.draw(cloud(40, 0), 100, 0, 0.1, 1);
    Nearest nearest = new Nearest(exemplars, rank);
    for (int round = 0; round < 50; round++) {
      double[] x = cloud(1, 0)[0];
      double[] seen = seen(round % 2);
      double[] all = new double[40];
      Arrays.setAll(all, i -> squared(exemplars, i, x, seen));
      Arrays.sort(all);

      nearest.find(x, seen);

      assertThat(nearest.distance()).isCloseTo(all[rank - 1], within(1e-12));
      assertThat(squared(exemplars, nearest.place(), x, seen))
          .isCloseTo(nearest.distance(), within(1e-12));
    }
  }

  @Test
  void shouldDrawWithoutReplacementAndTheSameForTheSameSeed() {
    double[][] rows = cloud(200, 0);

    Exemplars once = Exemplars.draw(rows, 50, 0, 0.1, 3);

    assertThat(once.count()).isEqualTo(50);
    assertThat(Exemplars.draw(rows, 50, 0, 0.1, 3).points()).containsExactly(once.points());
    assertThat(Exemplars.draw(rows, 50, 0, 0.1, 4).points()).isNotEqualTo(once.points());
    double[] firsts = new double[50];
    Arrays.setAll(firsts, i -> once.at(0, i));
    assertThat(Arrays.stream(firsts).distinct().count()).isEqualTo(50);
  }

  @Test
  void shouldLeaveOutACrowdOfAnomaliesThatIsSmallerThanTheNeighbourhood() {
    double[][] rows = cloud(300, 0);
    System.arraycopy(cloud(12, 30), 0, rows, 0, 12); // 4 % that keep each other company

    Exemplars close = Exemplars.draw(rows, 300, 0.15, 0.003, 1); // the nearest neighbour alone
    Exemplars wide = Exemplars.draw(rows, 300, 0.15, 0.06, 1);

    assertThat(far(close)).isPositive();
    assertThat(far(wide)).isZero();
    assertThat(wide.count()).isEqualTo(255);
  }

  private static int far(Exemplars exemplars) {
    int far = 0;
    for (int i = 0; i < exemplars.count(); i++) {
      far += exemplars.at(0, i) > 15 ? 1 : 0;
    }
    return far;
  }

  @Test
  void shouldRefuseWhatAreNoPointsAndNamesWhatIsAllowed() {
    assertThatThrownBy(() -> new Exemplars(3, new float[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 numbers")
        .hasMessageContaining("3 dimensions");
    assertThatThrownBy(() -> new Exemplars(2, new float[] {1, Float.NaN}))
        .hasMessageContaining("must be finite");
    Exemplars two = new Exemplars(1, new float[] {1, 2});
    assertThatThrownBy(() -> new Nearest(two, 3)).hasMessageContaining("between 1 and 2");
  }
}
