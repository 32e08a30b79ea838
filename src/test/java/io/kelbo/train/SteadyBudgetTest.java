package io.kelbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.context.EntityState;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.Episode;
import io.kelbo.model.Judge;
import io.kelbo.model.Model;
import io.kelbo.model.ModelId;
import io.kelbo.model.Verdict;
import io.kelbo.record.EntityRule;
import io.kelbo.record.Incoming;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Days without a fault, of machines that move with the time of day: the alarm budget holds. */
class SteadyBudgetTest {
  private static final int MACHINES = 3;
  private static final int A_DAY = 1440; // records of a machine
  private static final int DAYS = 5; // after the one that is learned from
  private static final InputLayout LAYOUT =
      new InputLayout(Streams.fields(4), new EntityRule.Key(), null);

  @ParameterizedTest
  @ValueSource(strings = {"20 per day", "0.005"})
  void shouldOpenAboutAsManyEpisodesAsTheBudgetAllows(String text) {
    AlarmBudget budget = AlarmBudget.of(text);
    double wanted = DAYS * MACHINES * A_DAY * budget.perRecord((double) MACHINES * A_DAY);
    List<Incoming> records = records((DAYS + 1) * A_DAY * MACHINES);
    Judge judge =
        new Judge(model(records.subList(0, A_DAY * MACHINES), budget), Duration.ofDays(1));

    int opened = 0;
    Map<String, EntityState> states = new HashMap<>();
    for (int i = 0; i < records.size(); i++) {
      EntityState state =
          states.computeIfAbsent(
              records.get(i).entity(), e -> EntityState.fresh(e, LAYOUT.fields()));
      Verdict verdict = judge.judge(records.get(i), state).verdict();
      Episode episode = verdict.episode();
      boolean opens = episode != null && episode.state() == Episode.State.OPENED;
      opened += i >= A_DAY * MACHINES && opens ? 1 : 0;
    }

    assertThat(opened / wanted).isBetween(0.5, 2.0);
  }

  private static Model model(List<Incoming> records, AlarmBudget budget) {
    Map<String, List<Run.Moment>> byEntity = new HashMap<>();
    for (Incoming in : records) {
      byEntity
          .computeIfAbsent(in.entity(), e -> new ArrayList<>())
          .add(new Run.Moment(in.time(), in.source(), in.observation(), false));
    }
    List<Run> runs = new ArrayList<>();
    byEntity.forEach((entity, moments) -> runs.add(new Run(entity, moments)));
    Outcome outcome =
        Trainer.train(
            LAYOUT,
            runs,
            new TrainingSettings(1, budget, false),
            new Lineage(new ModelId("default", 1), Instant.EPOCH, null, List.of()));
    return ((Outcome.Promoted) outcome).model();
  }

  private static List<Incoming> records(int count) {
    Random random = new Random(7);
    double[] cause = new double[MACHINES];
    List<Incoming> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int machine = i % MACHINES;
      long minute = i / MACHINES;
      cause[machine] = 0.9 * cause[machine] + 0.44 * random.nextGaussian();
      double load = 50 + 10 * Math.sin(2 * Math.PI * minute / A_DAY) + 4 * cause[machine];
      double[] x = {
        load + random.nextGaussian(),
        0.6 * load + random.nextGaussian(),
        20 + 0.2 * load + 0.5 * random.nextGaussian(),
        random.nextGaussian()
      };
      records.add(
          new Incoming(
              "machine-" + machine,
              Streams.START.plusSeconds(60 * minute + 60L * machine / MACHINES),
              new Source("steady", 0, i),
              Streams.observation(x)));
    }
    return records;
  }
}
