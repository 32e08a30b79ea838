package io.kelbo.latent;

import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.vae.Coder;
import io.kelbo.vae.Penalty;
import io.kelbo.vae.Rows;
import io.kelbo.vae.Workspace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A table's latent space, looked at from all sides. A function of rows and seed.
 *
 * @param rows how many were looked at
 * @param fields how many
 * @param sizes trainings of growing size, β = 1
 * @param betas trainings of the chosen size, β as in {@link #BETAS}
 * @param clouds of {@code betas}, likewise
 * @param chosen the smallest size that is as good as the best, on rows not seen
 * @param cures what was done against latents that carry nothing, in order
 * @param variants other ways to build and to train it, beside ours
 * @param latents of the chosen network
 * @param surprisals (rows) in nats
 */
public record Exploration(
    int rows,
    int fields,
    List<Trial> sizes,
    List<Trial> betas,
    List<Cloud> clouds,
    Trial chosen,
    List<Cure> cures,
    List<Variant> variants,
    List<Latent> latents,
    Principal principal,
    Kinship kinship,
    Moves moves,
    List<Double> surprisals) {
  /** None, little, the evidence lower bound, much. */
  public static final List<Double> BETAS = List.of(0.0, 0.3, 1.0, 4.0);

  private static final List<Integer> SIZES = List.of(1, 2, 3, 4, 6, 8, 12);
  private static final int LEAST_ROWS = 60;
  private static final int MOST_ROWS = 2000; // what is learned of more is the same, later
  private static final double RISE = 0.5; // share of the epochs
  private static final double FREE = 0.1; // nats
  private static final double UNLIKE = 10;

  public Exploration {
    sizes = List.copyOf(sizes);
    betas = List.copyOf(betas);
    clouds = List.copyOf(clouds);
    cures = List.copyOf(cures);
    variants = List.copyOf(variants);
    latents = List.copyOf(latents);
    surprisals = List.copyOf(surprisals);
  }

  /**
   * Learns some dozen networks: seconds.
   *
   * @param all more than 2,000 are thinned at random
   * @throws IllegalArgumentException if there are fewer than 60 rows
   * @throws ArithmeticException if a training diverges
   */
  public static Exploration of(Fields fields, List<Observation> all, long seed) {
    if (all.size() < LEAST_ROWS) {
      throw new IllegalArgumentException(
          "there are %d rows to look at but %d are needed".formatted(all.size(), LEAST_ROWS));
    }
    List<Observation> rows = thinned(all, seed);
    Encoded table = Encoded.of(fields, rows);
    Study study = new Study(table, seed);
    List<Trial> sizes =
        SIZES.stream()
            .map(study::possible)
            .distinct()
            .filter(size -> size <= Math.max(2, fields.size()))
            .map(size -> study.warm(size, Penalty.BOUND))
            .toList();
    Trial best = sizes.stream().min(Comparator.comparingDouble(Trial::bound)).orElseThrow();
    Trial chosen = sizes.stream().filter(t -> t.asGoodAs(best)).findFirst().orElse(best);
    List<Trial> betas =
        BETAS.stream()
            .map(b -> b == 1 ? chosen : study.warm(chosen.latents(), Penalty.of(b)))
            .toList();
    List<Cure> cures = cures(study, sizes.get(sizes.size() - 1), chosen);
    List<Latent> latents = Latent.of(chosen.network(), table.rows());
    List<double[]> means = means(chosen.network(), table.rows());
    List<Double> surprisals =
        LatentSpace.of(table.encoder(), chosen.network(), rows).places().stream()
            .map(LatentSpace.Place::surprisal)
            .toList();
    return new Exploration(
        rows.size(),
        fields.size(),
        sizes,
        betas,
        betas.stream().map(t -> Cloud.of(t.network(), table.rows())).toList(),
        chosen,
        cures,
        variants(study, chosen, sizes.get(sizes.size() - 1)),
        latents,
        Principal.of(means),
        Kinship.of(means),
        Moves.of(chosen.network(), table, latents),
        surprisals);
  }

  /**
   * In the order in which they cost: each is tried only where the one before left sleepers, but
   * fewer latents wherever there were any, since only that loses nothing.
   */
  private static List<Cure> cures(Study study, Trial largest, Trial chosen) {
    List<Cure> cures = new ArrayList<>();
    cures.add(
        new Cure(
            "noise never below a tenth of a deviation, random weights at the start",
            study.cold(largest.latents(), Penalty.BOUND)));
    cures.add(new Cure("the same, from factor analysis (warm start)", largest));
    if (largest.asleep() > 0) {
      Trial risen = study.warm(largest.latents(), Penalty.rising(RISE));
      cures.add(new Cure("the same, with a price that rises from 0 (annealing)", risen));
      if (risen.asleep() > 0) {
        Trial spared = study.warm(largest.latents(), Penalty.sparing(FREE));
        cures.add(
            new Cure(
                "the same, with the first %s nats of each latent free (free bits)".formatted(FREE),
                spared));
      }
      if (chosen.latents() < largest.latents()) {
        cures.add(new Cure("fewer latents", chosen));
      }
    }
    return cures;
  }

  private static List<Variant> variants(Study study, Trial chosen, Trial largest) {
    List<Variant> all = new ArrayList<>();
    all.add(study.variant("ours: factor analysis and a branch", chosen.network()));
    all.add(study.plain("two plain ReLU layers each way, random weights", chosen.latents()));
    if (largest.latents() > chosen.latents()) {
      all.add(study.variant("ours", largest.network()));
    }
    if (largest.latents() > 1) {
      Trial parted = study.warm(largest.latents(), Penalty.parting(UNLIKE));
      all.add(study.variant("ours, with a price on latents that go together", parted.network()));
    }
    return all;
  }

  private static List<Observation> thinned(List<Observation> all, long seed) {
    if (all.size() <= MOST_ROWS) {
      return all;
    }
    List<Observation> rows = new ArrayList<>(all);
    java.util.Collections.shuffle(rows, new Random(seed));
    return List.copyOf(rows.subList(0, MOST_ROWS));
  }

  /** (rows)(latents) as the encoder places them. */
  static List<double[]> means(Coder network, Rows rows) {
    Workspace w = new Workspace(network.shape());
    List<double[]> means = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      rows.load(r, w);
      network.encode(w);
      means.add(w.z.clone());
    }
    return means;
  }
}
