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
import io.kelbo.record.Incoming;
import io.kelbo.record.Run;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.Trainer;
import io.kelbo.train.TrainingSettings;
import java.io.IOException;
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
  private final long[] against = new long[4]; // TP, FP, FN, TN

  private Backtest(BacktestOptions options, History history) throws BadTable {
    this.options = options;
    this.history = history;
    this.flagged = new boolean[history.rows().size()];
    this.judge = new Judge(first(), NEVER_LATE);
  }

  /**
   * @param progress told the number of rows done, now and then
   * @throws BadTable if a file cannot be used or nothing can be learned from it
   * @throws IOException if the scores cannot be written
   */
  public static BacktestResult run(BacktestOptions options, IntConsumer progress)
      throws BadTable, IOException {
    History history = History.read(options);
    Backtest backtest = new Backtest(options, history);
    if (options.scores() == null) {
      backtest.score(null, progress);
    } else {
      try (ScoresFile scores = new ScoresFile(options.scores(), options.label())) {
        backtest.score(scores, progress);
        scores.finish();
      }
    }
    return backtest.result();
  }

  private void score(@Nullable ScoresFile scores, IntConsumer progress) throws IOException {
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
      }
      if (i % 1000 == 999) {
        progress.accept(i + 1);
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
    if (row.label() != null) {
      boolean strange = row.label().equals("1");
      against[strange ? (anomaly ? 0 : 2) : (anomaly ? 1 : 3)]++;
    }
  }

  private Model first() throws BadTable {
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
    throw new BadTable("%s: %s".formatted(options.files().get(0), outcome.reason()));
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
      judge = new Judge(promoted.model(), NEVER_LATE);
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
        new TrainingSettings(options.seed(), options.budget(), options.tabular());
    Lineage lineage =
        new Lineage(new ModelId(ModelId.DEFAULT_SEGMENT, version), Instant.EPOCH, champion, warmUp);
    return Trainer.train(history.layout(), runs, settings, lineage);
  }

  private BacktestResult result() {
    boolean labelled = against[0] + against[1] + against[2] + against[3] > 0;
    return new BacktestResult(
        history.rows().stream().filter(History.Row::scoredFile).count(),
        scored,
        anomalies,
        episodes,
        imputed,
        judge.model(),
        models,
        labelled
            ? new BacktestResult.Labelled(against[0], against[1], against[2], against[3])
            : null);
  }
}
