package io.kelbo.service;

import io.kelbo.format.Formats;
import io.kelbo.model.Model;
import io.kelbo.observe.Meters;
import io.kelbo.topology.ModelShelf;
import io.kelbo.topology.ScoringSettings;
import io.kelbo.topology.ScoringTopology;
import io.kelbo.topology.Topics;
import io.kelbo.topology.TrainingPlan;
import io.kelbo.topology.TrainingTopology;
import io.kelbo.train.Trainer;
import io.kelbo.train.TrainingSettings;
import java.time.InstantSource;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.apache.kafka.streams.Topology;

/** The two topologies of a service, as its settings want them. */
final class Flows {
  private final Settings settings;
  private final Formats formats;
  private final Topics topics;
  private final Meters meters;
  private final Progress progress;
  private final Executor trainer;

  Flows(
      Settings settings,
      Formats formats,
      Topics topics,
      Meters meters,
      Progress progress,
      Executor trainer) {
    this.settings = settings;
    this.formats = formats;
    this.topics = topics;
    this.meters = meters;
    this.progress = progress;
    this.trainer = trainer;
  }

  /** A topology, once its properties are known. */
  interface Flow {
    Topology build(Properties properties);
  }

  Flow scoring(Model model) {
    ScoringSettings.Thinning thinning =
        new ScoringSettings.Thinning(
            settings.seed(), settings.retrain().window(), settings.retrain().sample());
    ScoringSettings scoring =
        new ScoringSettings(
            topics,
            model.layout(),
            settings.input().late(),
            settings.input().maxBytes(),
            settings.allVerdicts(),
            settings.life().lagMax(),
            thinning,
            new ScoringSettings.Watch(settings.watch().silence(), settings.watch().forget()),
            formats,
            settings.input().repair(),
            settings.input().declared());
    return new ScoringTopology(scoring, new ModelShelf(meters), meters, InstantSource.system())
        ::build;
  }

  Flow training() {
    TrainingPlan plan =
        new TrainingPlan(
            topics,
            settings.retrain().every(),
            settings.warmUp().records(),
            settings.retrain().window(),
            settings.retrain().sample(),
            settings.retrain().timeout(),
            new TrainingSettings(
                settings.seed(),
                settings.budget(),
                false,
                settings.retrain().window().dividedBy(2),
                settings.input().repair() > 0,
                settings.retrain().layers(),
                settings.retrain().threads()),
            Trainer::train,
            trainer,
            progress::trained,
            formats);
    return new TrainingTopology(plan, new ModelShelf(meters), meters, InstantSource.system())
        ::build;
  }
}
