package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kelbo.encode.Encoder;
import io.kelbo.encode.EncoderLearning;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import io.kelbo.score.Patterns;
import io.kelbo.vae.Likelihood;
import io.kelbo.vae.Network;
import io.kelbo.vae.VaeTraining;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the branch, fold by fold: it wins, or factor analysis is there. */
class RivalsTest {
  private static final Fields FIELDS =
      new Fields(
          List.of(
              new Field("a", FieldKind.QUANTITY),
              new Field("b", FieldKind.QUANTITY),
              new Field("c", FieldKind.QUANTITY),
              new Field("errors", FieldKind.COUNT),
              new Field("open", FieldKind.FLAG),
              new Field("mode", FieldKind.CATEGORY)));
  private static final int RECORDS = 1500;

  private final TrainingRows rows =
      TrainingRows.of(FIELDS, List.of(curved()), TrainingSettings.FOR_EVER);
  private final Encoder encoder =
      EncoderLearning.learn(FIELDS, rows.observations(), rows.means(), false);
  private final Fitting fitting = new Fitting(encoder, rows, Sampled.SETTINGS);
  private final Folds folds = new Folds(rows);

  /** All fields are driven by one number, bent. */
  private static Run curved() {
    Random random = new Random(1);
    List<Run.Moment> moments = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      double t = 4 * random.nextDouble() - 2;
      double[] x = {
        t + 0.05 * random.nextGaussian(),
        t * t + 0.05 * random.nextGaussian(),
        Math.sin(3 * t) + 0.05 * random.nextGaussian(),
        Math.rint(4 * t * t),
        t > 0 ? 1 : 0,
        Double.NaN
      };
      String[] texts = {null, null, null, null, null, Math.abs(t) < 1 ? "near" : "far"};
      moments.add(
          new Run.Moment(
              Sampled.START.plusSeconds(i),
              new Source("plant", 0, i),
              new Observation(FIELDS, x, texts),
              false));
    }
    return new Run("e", moments);
  }

  private CrossValidation scores() {
    return new CrossValidation(rows, encoder, Patterns.none(FIELDS.size()), 1);
  }

  private Rivals rivals(Rivals.Branch branch) {
    return new Rivals(fitting, branch, folds, scores(), scores());
  }

  /** The branch, in fewer epochs than in earnest. */
  private Rivals.Branch branch(boolean parallel) {
    return (start, places) ->
        VaeTraining.train(
            start.network(),
            fitting.rows(places),
            start.weights(),
            new boolean[encoder.inputs()],
            12,
            1,
            Likelihood.GAUSSIAN,
            1,
            parallel);
  }

  private static List<double[]> networks(Rivals rivals) {
    return IntStream.range(0, Folds.COUNT)
        .mapToObj(fold -> rivals.network(fold).parameters())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void shouldGiveTheSameBitsOfMixedFieldsOnAnyNumberOfThreads(int threads) {
    Rivals alone = rivals(branch(false));
    alone.meet(true, false);

    Rivals several = rivals(branch(true));
    int most =
        Threads.on(
            threads,
            () -> {
              several.meet(true, true);
              return java.util.concurrent.ForkJoinTask.getPool().getPoolSize();
            });

    assertThat(alone.method()).isEqualTo("vae");
    assertThat(most).isLessThanOrEqualTo(threads);
    assertThat(several.method()).isEqualTo("vae");
    assertThat(several.gain()).isEqualTo(alone.gain());
    assertThat(several.winner().nll()).containsExactly(alone.winner().nll());
    assertThat(several.winner().scores()).containsExactly(alone.winner().scores());
    for (int fold = 0; fold < Folds.COUNT; fold++) {
      assertThat(networks(several).get(fold)).containsExactly(networks(alone).get(fold));
    }
  }

  @Test
  void shouldLeaveFactorAnalysisAndSayWhyWhereTheBranchDiverges() {
    Rivals rivals =
        rivals(
            (start, places) -> {
              throw new ArithmeticException("training diverged in epoch 2: the loss is NaN");
            });

    rivals.meet(true, false);

    assertThat(rivals.method()).isEqualTo("factor_analysis");
    assertThat(rivals.winner().nll()).doesNotContain(Double.NaN);
    assertThat(networks(rivals)).hasSize(Folds.COUNT).doesNotContainNull();
    assertThat(rivals.remarked("the first model"))
        .isEqualTo(
            "the first model; the nonlinear branch was left out: "
                + "training diverged in epoch 2: the loss is NaN");
  }

  @Test
  void shouldAskAgainOfFactorAnalysisWhereTheBranchWonAndDivergesOnAllRows() {
    int[] done = {0};
    Rivals rivals =
        rivals(
            (start, places) -> {
              if (done[0]++ == Folds.COUNT) {
                throw new ArithmeticException("training diverged in epoch 1: the loss is NaN");
              }
              return branch(false).learn(start, places);
            });
    rivals.meet(true, false);
    int[] all = IntStream.range(0, rows.size()).toArray();

    Network first = rivals.whole(all);
    Network second = rivals.whole(all);

    assertThat(first).isNull();
    assertThat(rivals.method()).isEqualTo("factor_analysis");
    assertThat(second.shape().hidden()).isZero();
    assertThat(rivals.remarked("it won")).contains("it won; the nonlinear branch was left out");
  }

  @Test
  void shouldThrowWhatATaskThrowsAndStopWhereTheCallerIsInterrupted() {
    assertThatThrownBy(
            () ->
                Threads.on(
                    2,
                    () -> {
                      throw new ArithmeticException("as it was");
                    }))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("as it was");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Threads.on(2, () -> 1)).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
