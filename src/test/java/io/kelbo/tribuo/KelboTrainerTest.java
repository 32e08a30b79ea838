package io.kelbo.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.anomaly.AnomalyFactory;
import org.tribuo.anomaly.Event;
import org.tribuo.anomaly.Event.EventType;
import org.tribuo.anomaly.evaluation.AnomalyEvaluation;
import org.tribuo.anomaly.evaluation.AnomalyEvaluator;
import org.tribuo.anomaly.example.AnomalyDataGenerator;
import org.tribuo.anomaly.example.GaussianAnomalyDataSource;
import org.tribuo.evaluation.CrossValidation;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.transformations.LinearScalingTransformation;

class KelboTrainerTest {
  private static final Pair<Dataset<Event>, Dataset<Event>> GAUSSIAN =
      AnomalyDataGenerator.gaussianAnomaly(1000, 0.3);

  private static MutableDataset<Event> examples(List<Example<Event>> examples) {
    return new MutableDataset<>(
        examples,
        new SimpleDataSourceProvenance("made", new AnomalyFactory()),
        new AnomalyFactory());
  }

  private static Example<Event> example(EventType type, Map<String, Double> values) {
    ArrayExample<Event> example = new ArrayExample<>(new Event(type));
    values.forEach(example::add);
    return example;
  }

  /** Two fields that go together, in some rows only one of them. */
  private static MutableDataset<Event> sparse() {
    Random random = new Random(2);
    List<Example<Event>> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      double x = random.nextGaussian();
      double y = 2 * x + 0.1 * random.nextGaussian();
      rows.add(example(EventType.EXPECTED, i % 10 == 0 ? Map.of("x", x) : Map.of("x", x, "y", y)));
    }
    return examples(rows);
  }

  @Test
  void shouldFindTheAnomaliesOfTribuosOwnGenerator() {
    Model<Event> model = new KelboTrainer().train(GAUSSIAN.getA());

    AnomalyEvaluation evaluation = new AnomalyEvaluator().evaluate(model, GAUSSIAN.getB());

    assertThat(evaluation.getRecall()).isGreaterThan(0.9);
    assertThat(evaluation.getFalsePositives()).isLessThan(25); // of 700, at a budget of 1 %
    assertThat(evaluation.toString()).contains("precision", "recall");
  }

  @Test
  void shouldNeverReadTheOutputsOfExamples() {
    Dataset<Event> source = GAUSSIAN.getA();
    List<Example<Event>> relabelled = new ArrayList<>();
    for (Example<Event> example : source) {
      Example<Event> other =
          new ArrayExample<>(
              new Event(relabelled.size() % 2 == 0 ? EventType.ANOMALOUS : EventType.EXPECTED));
      example.forEach(other::add);
      relabelled.add(other);
    }

    Model<Event> right = new KelboTrainer().train(source);
    Model<Event> wrong = new KelboTrainer().train(examples(relabelled));

    for (Example<Event> example : GAUSSIAN.getB()) {
      assertThat(wrong.predict(example).getOutput().getScore())
          .isEqualTo(right.predict(example).getOutput().getScore());
    }
  }

  @Test
  void shouldScoreTheSameBitsAfterProtobuf() throws IOException {
    Model<Event> model = new KelboTrainer("0.02", 7).train(GAUSSIAN.getA());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    model.serializeToStream(bytes);

    Model<?> back = Model.deserializeFromStream(new ByteArrayInputStream(bytes.toByteArray()));

    assertThat(back).isInstanceOf(KelboModel.class);
    assertThat(back.getProvenance()).isEqualTo(model.getProvenance());
    Model<Event> read = back.castModel(Event.class);
    for (Example<Event> example : GAUSSIAN.getB()) {
      Event before = model.predict(example).getOutput();
      Event after = read.predict(example).getOutput();
      assertThat(Double.doubleToLongBits(after.getScore()))
          .isEqualTo(Double.doubleToLongBits(before.getScore()));
      assertThat(after.getType()).isEqualTo(before.getType());
    }
  }

  @Test
  void shouldSayInItsProvenanceHowItWasMade() {
    KelboTrainer trainer = new KelboTrainer("0.02", 7);
    trainer.train(GAUSSIAN.getA());

    Model<Event> second = trainer.train(GAUSSIAN.getA());

    String provenance = second.getProvenance().toString();
    assertThat(provenance).contains("KelboTrainer", "budget", "0.02", "seed", "7");
    assertThat(second.getProvenance().getTrainerProvenance().getInstanceValues())
        .containsKey("train-invocation-count");
    assertThat(trainer.getInvocationCount()).isEqualTo(2);
  }

  @Test
  void shouldTakeAFeatureThatIsNotNamedAsMissing() {
    Model<Event> model = new KelboTrainer().train(sparse());

    Prediction<Event> hole = model.predict(example(EventType.UNKNOWN, Map.of("x", 1.0)));
    Prediction<Event> zero = model.predict(example(EventType.UNKNOWN, Map.of("x", 1.0, "y", 0.0)));

    assertThat(hole.getOutput().getType()).isEqualTo(EventType.EXPECTED);
    assertThat(hole.getNumActiveFeatures()).isEqualTo(1);
    assertThat(zero.getOutput().getType()).isEqualTo(EventType.ANOMALOUS);
  }

  @Test
  void shouldExcuseItselfByTheFeaturesThatWereOff() {
    Model<Event> model = new KelboTrainer().train(sparse());
    Example<Event> odd = example(EventType.UNKNOWN, Map.of("x", 0.1, "y", 9.0));

    var excuse = model.getExcuse(odd).orElseThrow();

    List<Pair<String, Double>> shares = excuse.getScores().get("ANOMALOUS");
    assertThat(shares).hasSize(2);
    assertThat(shares.get(0).getA()).isEqualTo("y");
    assertThat(shares.stream().mapToDouble(Pair::getB).sum())
        .isCloseTo(excuse.getPrediction().getOutput().getScore(), within(1e-6));
  }

  @Test
  void shouldWorkInsideTransformationsAndCrossValidation() {
    TransformTrainer<Event> scaled =
        new TransformTrainer<>(
            new KelboTrainer(),
            new TransformationMap(List.of(new LinearScalingTransformation(0, 1))));
    var crossValidation =
        new CrossValidation<>(scaled, GAUSSIAN.getB(), new AnomalyEvaluator(), 3, 1);

    List<Pair<AnomalyEvaluation, Model<Event>>> folds = crossValidation.evaluate();

    assertThat(folds).hasSize(3);
    assertThat(folds).allMatch(fold -> fold.getA().getTrueNegatives() > 0);
  }

  @Test
  void shouldRefuseWhatItCannotLearnFromOrScore() {
    Model<Event> model = new KelboTrainer().train(sparse());
    List<Example<Event>> few = new ArrayList<>();
    sparse().forEach(few::add);

    assertThatThrownBy(() -> new KelboTrainer().train(examples(few.subList(0, 20))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("20 records");
    assertThatThrownBy(() -> model.predict(AnomalyDataGenerator.invalidSparseExample()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no value");
    assertThatThrownBy(() -> new KelboTrainer("1.4", 1))
        .isInstanceOf(PropertyException.class)
        .hasMessageContaining("1.4");
    assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(model))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("serializeToFile");
  }

  @Test
  void shouldLearnFromADataSourceAsAnyTrainerDoes() {
    GaussianAnomalyDataSource source = new GaussianAnomalyDataSource(500, 0.05f, 3);

    Model<Event> model = new KelboTrainer().train(new MutableDataset<>(source));

    assertThat(model.getFeatureIDMap().size()).isEqualTo(5);
    assertThat(model.predict(source)).hasSize(500);
  }
}
