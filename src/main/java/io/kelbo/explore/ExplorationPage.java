package io.kelbo.explore;

import io.kelbo.latent.Exploration;
import io.kelbo.report.Page;
import java.util.List;
import java.util.stream.Collectors;

/** An exploration as one self-contained HTML page. */
public final class ExplorationPage {
  private ExplorationPage() {}

  /** The parts of the page, in its order. */
  public static List<Picture> pictures(Exploration seen) {
    Scatter scatter = new Scatter(seen);
    Curves curves = new Curves(seen);
    Latents latents = new Latents(seen);
    return List.of(
        scatter.principal(),
        latents.activity(),
        latents.moved(),
        latents.walks(),
        curves.bottleneck(),
        curves.collapse(),
        scatter.betas(),
        latents.kinship(),
        curves.variants());
  }

  /**
   * @param title plain text, such as the file's name
   */
  public static String of(String title, Exploration seen) {
    return Page.of(
        title,
        "What a model sees in %,d rows of %d fields. A nat is information: a yes or no is 0.7."
            .formatted(seen.rows(), seen.fields()),
        pictures(seen).stream().map(Picture::html).collect(Collectors.joining()));
  }
}
