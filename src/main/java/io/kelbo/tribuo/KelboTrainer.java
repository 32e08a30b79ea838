package io.kelbo.tribuo;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import io.kelbo.decide.AlarmBudget;
import io.kelbo.model.ModelId;
import io.kelbo.record.EntityRule;
import io.kelbo.record.Fields;
import io.kelbo.record.Incoming;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Run;
import io.kelbo.train.Lineage;
import io.kelbo.train.Outcome;
import io.kelbo.train.TrainingSettings;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.anomaly.Event;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;

/**
 * Kelbo's training as a Tribuo trainer: rows without order, a few outliers among them allowed. The
 * examples' outputs are never read: what is strange follows from the features and the budget.
 */
public final class KelboTrainer implements Trainer<Event> {
  /** A share that suits tables of thousands of rows. */
  public static final String DEFAULT_BUDGET = "0.01";

  @Config(description = "Share of normal rows that may be called anomalous, such as 0.01.")
  private String budget = DEFAULT_BUDGET;

  @Config(description = "Same data, budget and seed give the same model.")
  private long seed = Trainer.DEFAULT_SEED;

  private int invocations;

  /** The defaults; OLCUT needs this constructor to build from a configuration. */
  public KelboTrainer() {}

  /**
   * @param budget share of normal rows that may be called anomalous, as {@code alarms.budget}
   * @throws PropertyException if it is no budget
   */
  public KelboTrainer(String budget, long seed) {
    this.budget = budget;
    this.seed = seed;
    postConfig();
  }

  @Override
  public void postConfig() {
    try {
      AlarmBudget.of(budget);
    } catch (IllegalArgumentException refused) {
      throw new PropertyException(refused, "", "budget", String.valueOf(refused.getMessage()));
    }
  }

  @Override
  public Model<Event> train(Dataset<Event> examples, Map<String, Provenance> runProvenance) {
    return train(examples, runProvenance, INCREMENT_INVOCATION_COUNT);
  }

  /**
   * @throws IllegalArgumentException if the examples are too few, or nothing can be learned
   */
  @Override
  public synchronized Model<Event> train(
      Dataset<Event> examples, Map<String, Provenance> runProvenance, int invocationCount) {
    if (invocationCount != INCREMENT_INVOCATION_COUNT) {
      setInvocationCount(invocationCount);
    }
    TrainerProvenance trainer = getProvenance();
    invocations++;
    Outcome outcome = learn(examples);
    if (!(outcome instanceof Outcome.Promoted promoted)) {
      throw new IllegalArgumentException("Kelbo learned nothing: " + outcome.reason());
    }
    ModelProvenance provenance =
        new ModelProvenance(
            KelboModel.class.getName(),
            OffsetDateTime.now(),
            examples.getProvenance(),
            trainer,
            runProvenance);
    return new KelboModel(
        "kelbo",
        provenance,
        examples.getFeatureIDMap(),
        examples.getOutputIDInfo(),
        promoted.model());
  }

  private Outcome learn(Dataset<Event> examples) {
    Fields fields = Features.fields(examples.getFeatureIDMap(), examples);
    List<Run.Moment> moments = new ArrayList<>();
    for (Example<Event> example : examples) {
      Incoming row = Features.incoming(Features.observe(fields, example), moments.size());
      moments.add(new Run.Moment(row.time(), row.source(), row.observation(), false));
    }
    if (moments.isEmpty()) {
      throw new IllegalArgumentException("Kelbo was given no example to learn from");
    }
    return io.kelbo.train.Trainer.train(
        new InputLayout(fields, new EntityRule.Partition(), null),
        List.of(new Run(Features.ENTITY, moments)),
        new TrainingSettings(seed, AlarmBudget.of(budget), true),
        new Lineage(new ModelId(ModelId.DEFAULT_SEGMENT, 1), Instant.EPOCH, null, List.of()));
  }

  @Override
  public int getInvocationCount() {
    return invocations;
  }

  @Override
  public synchronized void setInvocationCount(int invocationCount) {
    if (invocationCount < 0) {
      throw new IllegalArgumentException(
          "the invocation count is '%d' but must be 0 or more".formatted(invocationCount));
    }
    invocations = invocationCount;
  }

  @Override
  public TrainerProvenance getProvenance() {
    return new TrainerProvenanceImpl(this);
  }

  @Override
  public String toString() {
    return "KelboTrainer(budget=%s,seed=%d)".formatted(budget, seed);
  }
}
