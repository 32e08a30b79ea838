package io.kelbo.topology;

import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Run;
import io.kelbo.train.Lineage;
import io.kelbo.train.Trainer;
import io.kelbo.train.TrainingSettings;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a training begins: from which sample, against which champion, towards which budget. */
final class Beginning {
  private final TrainingPlan plan;
  private final ModelShelf shelf;
  private final PublishedModels published;
  private final Lessons lessons;

  Beginning(TrainingPlan plan, ModelShelf shelf, PublishedModels published, Lessons lessons) {
    this.plan = plan;
    this.shelf = shelf;
    this.published = published;
    this.lessons = lessons;
  }

  /** The champion of a segment; null where it has none, or none that can be read. */
  @Nullable Model champion(String segment) {
    return model(published.champion(segment));
  }

  /** A published model that can be read, or null. */
  @Nullable Model model(@Nullable ModelId id) {
    return id == null ? null : shelf.model(id, published.snapshotBytes(id));
  }

  /** Whether there is a model whose fields the segment's can take over. */
  boolean possible(String segment) {
    return champion(segment) != null || champion(ModelId.DEFAULT_SEGMENT) != null;
  }

  /** Whether a segment that has no champion may get one: there are so many segments only. */
  boolean welcome(String segment) {
    return published.champion(segment) == null
        && published.champion(ModelId.DEFAULT_SEGMENT) != null
        && published.segments() <= Segments.MOST;
  }

  /** A training that has not begun yet, or null where there is too little to learn from. */
  @Nullable Attempt of(String segment, TrainingWindow window, Marker marker, Instant now) {
    Model champion = champion(segment);
    Model shared = champion(ModelId.DEFAULT_SEGMENT);
    Model known = champion == null ? shared : champion;
    if (known == null || window.records() < Trainer.MINIMUM_RECORDS) {
      return null;
    }
    List<Integer> versions = published.versions(segment);
    int newest = versions.isEmpty() ? 0 : versions.get(versions.size() - 1);
    ModelId id = new ModelId(segment, Math.max(newest, marker.version()) + 1);
    GrownLayout grown = new GrownLayout(known.layout());
    window.look(grown::add);
    InputLayout layout = grown.layout();
    List<Run> runs = lessons.applied(window.runs(layout.fields()));
    Lineage lineage = new Lineage(id, now, champion, List.of());
    TrainingSettings settings = settings(segment, shared);
    long records = runs.stream().mapToLong(run -> run.moments().size()).sum();
    return new Attempt(
        id,
        published.champion(segment),
        marker,
        records,
        () -> plan.training().train(layout, runs, settings, lineage));
  }

  /**
   * The budget is the whole application's. A segment's records are a part of it only, so that its
   * model takes the share of records over from the model that learned from all.
   */
  private TrainingSettings settings(String segment, @Nullable Model shared) {
    Double share = shared == null ? null : shared.provenance().figures().get(Bookkeeping.BUDGET);
    return segment.equals(ModelId.DEFAULT_SEGMENT) || share == null
        ? plan.settings()
        : plan.settings().sharing(share);
  }
}
