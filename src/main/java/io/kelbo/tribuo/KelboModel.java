package io.kelbo.tribuo;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.util.Pair;
import io.kelbo.model.FieldFinding;
import io.kelbo.model.Judge;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import io.kelbo.record.Observation;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuo.Example;
import org.tribuo.Excuse;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.anomaly.Event;
import org.tribuo.anomaly.Event.EventType;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.ModelProvenance;

/**
 * A model of Kelbo as a Tribuo model. An event is anomalous where its calibrated p-value lies below
 * the budget's threshold; its score is the surprisal in nats, higher is stranger. Immutable.
 */
public final class KelboModel extends Model<Event> {
  private static final long serialVersionUID = 1L;
  private static final Duration NEVER_LATE = Duration.ofDays(100_000);

  private final transient io.kelbo.model.Model learned;
  // One thread, one workspace.
  private final transient ThreadLocal<Judge> judges;

  KelboModel(
      String name,
      ModelProvenance provenance,
      ImmutableFeatureMap features,
      ImmutableOutputInfo<Event> outputs,
      io.kelbo.model.Model learned) {
    super(name, provenance, features, outputs, false);
    this.learned = learned;
    this.judges = ThreadLocal.withInitial(() -> new Judge(learned, NEVER_LATE));
  }

  /** Kelbo's own model. */
  public io.kelbo.model.Model learned() {
    return learned;
  }

  /**
   * @throws IllegalArgumentException if the example has no feature that was learned
   */
  @Override
  public Prediction<Event> predict(Example<Event> example) {
    Observation observation = observe(example);
    return predict(example, observation, verdict(observation));
  }

  private static Prediction<Event> predict(
      Example<Event> example, Observation observation, Verdict verdict) {
    EventType type =
        verdict.kind() == VerdictKind.ANOMALY ? EventType.ANOMALOUS : EventType.EXPECTED;
    return new Prediction<>(new Event(type, verdict.surprisal()), observation.present(), example);
  }

  private Observation observe(Example<Event> example) {
    Observation observation = Features.observe(learned.layout().fields(), example);
    if (observation.present() == 0) {
      throw new IllegalArgumentException(
          "the example has no value of the %d features that were learned, such as '%s'"
              .formatted(
                  learned.layout().fields().size(), learned.layout().fields().get(0).name()));
    }
    return observation;
  }

  private Verdict verdict(Observation observation) {
    return judges
        .get()
        .judge(Features.incoming(observation, 0), Features.alone(learned.layout().fields()))
        .verdict();
  }

  /** None: what matters differs from row to row, see {@link #getExcuse}. */
  @Override
  public Map<String, List<Pair<String, Double>>> getTopFeatures(int n) {
    return Map.of();
  }

  /** Each feature's share of the example's surprisal in nats, largest first; they sum to it. */
  @Override
  public Optional<Excuse<Event>> getExcuse(Example<Event> example) {
    Observation observation = observe(example);
    Prediction<Event> prediction = predict(example, observation, verdict(observation));
    List<Pair<String, Double>> shares = new ArrayList<>();
    for (FieldFinding finding : judges.get().findings()) {
      shares.add(new Pair<>(finding.name(), finding.contribution()));
    }
    String type = prediction.getOutput().getType().toString();
    return Optional.of(new Excuse<>(example, prediction, Map.of(type, shares)));
  }

  @Override
  protected Model<Event> copy(String newName, ModelProvenance newProvenance) {
    return new KelboModel(newName, newProvenance, featureIDMap, outputIDInfo, learned);
  }

  @Override
  public ModelProto serialize() {
    return KelboProto.write(KelboModel.class, createDataCarrier(), learned);
  }

  /**
   * Tribuo calls this by its name.
   *
   * @throws InvalidProtocolBufferException if the bytes are not {@link #serialize}'s
   */
  public static KelboModel deserializeFromProto(int version, String className, Any message)
      throws InvalidProtocolBufferException {
    KelboProto.Read read = KelboProto.read(version, className, message);
    return new KelboModel(
        read.carrier().name(),
        read.carrier().provenance(),
        read.carrier().featureDomain(),
        read.outputs(),
        read.learned());
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(
        "KelboModel has no form in Java's serialization; use serializeToFile, which is protobuf");
  }
}
