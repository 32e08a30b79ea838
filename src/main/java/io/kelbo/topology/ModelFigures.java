package io.kelbo.topology;

import io.kelbo.observe.Meter;
import io.kelbo.observe.Meters;
import java.util.Map;

/** Shows the figures of a training on the meters that are for them; others are not shown. */
final class ModelFigures {
  private static final String KL = "kl_";

  private static final Map<String, Meter> SHOWN =
      Map.of(
          "rows", Meter.TRAINING_SAMPLE,
          "elbo", Meter.TRAINING_ELBO,
          "elbo_reconstruction", Meter.TRAINING_RECONSTRUCTION,
          "active_latents", Meter.TRAINING_ACTIVE,
          "held_out_nll", Meter.TRAINING_HELD_OUT,
          "gate_gain", Meter.GATE_MARGIN,
          "threshold_p", Meter.MODEL_THRESHOLD);

  private ModelFigures() {}

  /**
   * @param figures by name, as in a provenance or a lifecycle event
   */
  static void show(Meters meters, String segment, Map<String, Double> figures) {
    figures.forEach(
        (name, figure) -> {
          Meter meter = SHOWN.get(name);
          if (meter != null) {
            meters.series.set(meter, figure, segment);
          } else if (name.startsWith(KL)) {
            meters.series.set(Meter.TRAINING_KL, figure, name.substring(KL.length()), segment);
          }
        });
  }
}
