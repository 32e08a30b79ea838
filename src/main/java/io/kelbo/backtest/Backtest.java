package io.kelbo.backtest;

import io.kelbo.context.EntityState;
import io.kelbo.model.Episode;
import io.kelbo.model.Judge;
import io.kelbo.model.Judged;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.Provenance;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Incoming;
import io.kelbo.record.Run;
import io.kelbo.table.BadTable;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import io.kelbo.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** History in, scores out: what the service would have said, with the same trainer and judge. */
public final class Backtest {
  private static final int SAMPLE = 20_000; // newest rows that a retraining learns from
  private static final int MANY_CATEGORIES = 100;
  private static final Duration NEVER_LATE = Duration.ofDays(100_000);

  private final BacktestOptions options;
  private final History history;
  private final Map<String, EntityState> states = new HashMap<>();
  private final boolean[] flagged;
  private Judge judge;
  private int models = 1;
  private long scored;
  private long anomalies;
  private long episodes;
  private long imputed;
  private final Against against = new Against();
  private final Reigns reigns;
  private final @Nullable List<ScoredRow> told;

  private Backtest(BacktestOptions options, History history, boolean telling) throws BadTable {
    this.options = options;
    this.history = history;
    this.flagged = new boolean[history.rows().size()];
    this.told = telling ? new ArrayList<>() : null;
    this.judge = new Judge(first(), NEVER_LATE, telling);
    this.reigns = new Reigns(history, NEVER_LATE);
    reigns.begin(0, judge.model());
  }

  /** As {@link #run(BacktestOptions, Progress, BacktestStory.Audience)}, without a report. */
  public static BacktestResult run(BacktestOptions options, IntConsumer scoredRows)
      throws BadTable, IOException {
    return run(options, (phase, done, all) -> scoredRows.accept((int) done), null);
  }

  /**
   * @param audience told all of it at the end, or null
   * @throws BadTable if a file cannot be used or nothing can be learned from it
   * @throws IOException if the scores cannot be written, or the audience cannot hear
   */
  public static BacktestResult run(
      BacktestOptions options, Progress progress, BacktestStory.@Nullable Audience audience)
      throws BadTable, IOException {
    if (options.scores() == null) {
      return run(options, progress, audience, null);
    }
    // Before the work: where nothing can be written, nothing need be learned.
    try (ScoresFile scores = new ScoresFile(options.scores(), options.label())) {
      BacktestResult result = run(options, progress, audience, scores);
      scores.finish();
      return result;
    }
  }

  private static BacktestResult run(
      BacktestOptions options,
      Progress progress,
      BacktestStory.@Nullable Audience audience,
      @Nullable ScoresFile scores)
      throws BadTable, IOException {
    progress.at(Progress.Phase.READING, 0, 0);
    History history = History.read(options);
    progress.at(Progress.Phase.LEARNING, 0, 0);
    Backtest backtest = new Backtest(options, history, audience != null);
    backtest.score(scores, progress);
    return backtest.tell(audience, progress);
  }

  private BacktestResult tell(BacktestStory.@Nullable Audience audience, Progress progress)
      throws IOException {
    BacktestResult result = result();
    if (audience != null && told != null) {
      progress.at(Progress.Phase.REPORTING, 0, 0);
      audience.hear(new BacktestStory(options, result, told, history.leftOut(), reigns));
    }
    return result;
  }

  private void score(@Nullable ScoresFile scores, Progress progress) throws IOException {
    int since = history.learned();
    for (int i = 0; i < history.rows().size(); i++) {
      if (due(since, i)) {
        since = i;
        retrain(i);
      }
      History.Row row = history.rows().get(i);
      EntityState state =
          states.computeIfAbsent(
              row.incoming().entity(), e -> EntityState.fresh(e, history.layout().fields()));
      Judged judged = judge.judge(row.incoming(), state);
      flagged[i] = judged.verdict().kind() == VerdictKind.ANOMALY;
      if (row.scoredFile() && judged.verdict().kind() != VerdictKind.WARMING_UP) {
        count(row, judged);
        if (scores != null) {
          scores.add(row, judged.verdict());
        }
        if (told != null) {
          told.add(
              new ScoredRow(i, row.incoming(), row.timestamp(), row.label(), judged.verdict()));
        }
      }
      if (i % 1000 == 999) {
        progress.at(Progress.Phase.SCORING, i + 1, history.rows().size());
      }
    }
  }

  private void count(History.Row row, Judged judged) {
    Verdict verdict = judged.verdict();
    boolean anomaly = verdict.kind() == VerdictKind.ANOMALY;
    Episode episode = verdict.episode();
    scored++;
    anomalies += anomaly ? 1 : 0;
    episodes += episode != null && episode.state() == Episode.State.OPENED ? 1 : 0;
    imputed += judged.imputations().size();
    against.add(row, verdict);
  }

  private Model first() throws BadTable {
    if (options.model() != null) {
      return options.model();
    }
    int learned = history.learned();
    Map<String, Long> ends = new LinkedHashMap<>();
    for (History.Row row : history.rows().subList(0, learned)) {
      ends.put(row.incoming().source().topic(), row.incoming().source().offset() + 1);
    }
    List<Provenance.Offset> warmUp = new ArrayList<>();
    ends.forEach((topic, end) -> warmUp.add(new Provenance.Offset(topic, 0, end)));
    Outcome outcome = train(0, learned, null, 1, warmUp);
    if (outcome instanceof Outcome.Promoted promoted) {
      return promoted.model();
    }
    Path file = options.train() == null ? options.files().get(0) : options.train();
    throw new BadTable("%s: %s%s".formatted(file, outcome.reason(), categories()));
  }

  /** Categories take an input a value: where there are very many, they may be what is too much. */
  private String categories() {
    List<String> names =
        history.layout().fields().list().stream()
            .filter(field -> field.kind() == FieldKind.CATEGORY)
            .map(Field::name)
            .toList();
    return names.size() < MANY_CATEGORIES
        ? ""
        : "; %d of the %d columns are categories, each value of them an input: take out those that tell little, from '%s' on"
            .formatted(names.size(), history.layout().fields().size(), names.get(0));
  }

  private boolean due(int since, int row) {
    if (row <= since) {
      return false;
    }
    Retraining retrain = options.retrain();
    if (retrain instanceof Retraining.Rows rows) {
      return row - since >= rows.rows();
    }
    if (retrain instanceof Retraining.Every every) {
      Instant then = history.rows().get(since).incoming().time();
      Instant now = history.rows().get(row).incoming().time();
      return Duration.between(then, now).compareTo(every.duration()) >= 0;
    }
    return false;
  }

  private void retrain(int end) {
    int version = judge.model().id().version() + 1;
    Outcome outcome = train(Math.max(0, end - SAMPLE), end, judge.model(), version, List.of());
    if (outcome instanceof Outcome.Promoted promoted) {
      judge = new Judge(promoted.model(), NEVER_LATE, told != null);
      reigns.begin(end, promoted.model());
      models++;
    }
  }

  private Outcome train(
      int from, int to, @Nullable Model champion, int version, List<Provenance.Offset> warmUp) {
    Map<String, List<Run.Moment>> entities = new LinkedHashMap<>();
    for (int i = from; i < to; i++) {
      Incoming incoming = history.rows().get(i).incoming();
      entities
          .computeIfAbsent(incoming.entity(), e -> new ArrayList<>())
          .add(
              new Run.Moment(
                  incoming.time(), incoming.source(), incoming.observation(), flagged[i]));
    }
    List<Run> runs = new ArrayList<>();
    entities.forEach((entity, moments) -> runs.add(new Run(entity, moments)));
    TrainingSettings settings =
        new TrainingSettings(options.seed(), options.budget(), options.tabular())
            .deep(options.layers());
    Lineage lineage =
        new Lineage(new ModelId(ModelId.DEFAULT_SEGMENT, version), Instant.EPOCH, champion, warmUp);
    return Trainer.train(history.layout(), runs, settings, lineage);
  }

  private BacktestResult result() {
    return new BacktestResult(
        history.rows().stream().filter(History.Row::scoredFile).count(),
        scored,
        anomalies,
        episodes,
        imputed,
        judge.model(),
        models,
        history.leftOut(),
        against.labelled());
  }
}
