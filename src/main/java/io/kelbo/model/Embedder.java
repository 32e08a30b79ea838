package io.kelbo.model;

import io.kelbo.context.Recent;
import io.kelbo.record.Observation;
import io.kelbo.vae.Workspace;
import java.util.ArrayList;
import java.util.List;

/** Places records in a model's latents. One thread's, as the judge's that it serves. */
final class Embedder {
  private static final int STEPS = 3; // a linear network's first one is exact

  private final Model model;
  private final Workspace w;

  Embedder(Model model) {
    this.model = model;
    this.w = new Workspace(model.network().shape());
  }

  Embedding of(Observation observation, Recent recent) {
    model.encoder().encode(observation, recent.means, w.input, w.target, w.mask);
    model.network().encode(w);
    model.network().refine(w, STEPS);
    List<Double> mean = new ArrayList<>();
    List<Double> spread = new ArrayList<>();
    for (int l = 0; l < w.z.length; l++) {
      mean.add(w.z[l]);
      spread.add(model.network().spread(w, l));
    }
    return new Embedding(mean, spread);
  }
}
