package io.kelbo.topology;

import io.kelbo.format.Formats;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Run;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.TrainingSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the training application depends on.
 *
 * @param every stream time between trainings; null to train only when somebody asks
 * @param first how many records the first model of a segment learns from, at least
 * @param window how far back training looks, in stream time
 * @param sample how many records it learns from, at most
 * @param timeout wall-clock time after which a training is given up
 * @param training the pure function that trains
 * @param executor where it runs: never on a stream thread
 * @param told hears how each training ended, after that was forwarded
 * @param formats how events are written
 */
public record TrainingPlan(
    Topics topics,
    @Nullable Duration every,
    int first,
    Duration window,
    int sample,
    Duration timeout,
    TrainingSettings settings,
    Training training,
    Executor executor,
    Consumer<LifecycleEvent> told,
    Formats formats) {

  /** {@code Trainer.train}. */
  public interface Training {
    Outcome train(InputLayout layout, List<Run> runs, TrainingSettings settings, Lineage lineage);
  }
}
