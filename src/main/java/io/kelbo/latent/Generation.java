package io.kelbo.latent;

import io.kelbo.encode.Channel;
import io.kelbo.kernel.Cholesky;
import io.kelbo.record.Observation;
import io.kelbo.vae.Workspace;
import java.util.Iterator;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * New records. With nothing given z is drawn from the aggregate posterior (that of a row learned
 * from, drawn at random and blurred), or from the prior where rows are not known; with fields given
 * from the posterior of what is given. Then each field is drawn from its likelihood. Same seed,
 * same records.
 *
 * <pre>
 * z ~ N(ẑ, H^-1):  H x = F ε, z = ẑ + x      H = F F', ε ~ N(0, I)
 * </pre>
 */
public final class Generation {
  private final LatentSpace space;
  private final Random random;
  private final Sampler sampler;
  private final Workspace w;

  public Generation(LatentSpace space, long seed) {
    this.space = space;
    this.random = new Random(seed);
    this.sampler = new Sampler(random);
    this.w = new Workspace(space.network().shape());
  }

  /**
   * Makes them one at a time, as they are asked for.
   *
   * @param given what is known of all of them; fields that are missing are generated
   */
  public Iterator<Observation> records(long count, Observation given) {
    int latent = space.latents();
    boolean posterior = given.present() > 0 || space.places().isEmpty();
    double[] centre = new double[latent];
    double[] factor = new double[latent * latent];
    if (posterior) {
      space.refine(given, w); // with nothing given: z = 0 and H = I, the prior
      System.arraycopy(w.z, 0, centre, 0, latent);
      System.arraycopy(w.precision, 0, factor, 0, factor.length);
      if (given.present() == 0) {
        java.util.Arrays.fill(centre, 0);
      }
    }
    double[] middle = new double[latent];
    double[] spread = new double[latent];
    crowd(middle, spread);
    return LongStream.range(0, count)
        .mapToObj(
            made -> {
              if (posterior) {
                draw(centre, factor);
              } else {
                aggregate(middle, spread);
              }
              space.network().decode(w);
              return record(given);
            })
        .iterator();
  }

  /** Mean and deviation of the rows' latent means. */
  private void crowd(double[] middle, double[] spread) {
    int rows = space.places().size();
    for (int l = 0; l < middle.length && rows > 0; l++) {
      int latent = l;
      double mean =
          space.places().stream().mapToDouble(p -> p.mean().get(latent)).average().orElseThrow();
      double square =
          space.places().stream()
              .mapToDouble(p -> (p.mean().get(latent) - mean) * (p.mean().get(latent) - mean))
              .average()
              .orElseThrow();
      middle[l] = mean;
      spread[l] = Math.sqrt(square);
    }
  }

  /**
   * The place of a row drawn at random, blurred so that no row is repeated: bandwidth h by
   * Silverman 1986, drawn towards the middle so that the spread stays what it was.
   */
  private void aggregate(double[] middle, double[] spread) {
    int latent = middle.length;
    LatentSpace.Place place = space.places().get(random.nextInt(space.places().size()));
    double rows = space.places().size();
    double h = Math.min(1, StrictMath.pow(4 / ((latent + 2) * rows), 1.0 / (latent + 4)));
    double kept = Math.sqrt(1 - h * h);
    for (int l = 0; l < latent; l++) {
      w.z[l] =
          middle[l]
              + kept * (place.mean().get(l) - middle[l])
              + h * spread[l] * random.nextGaussian()
              + place.sd().get(l) * random.nextGaussian();
    }
  }

  private void draw(double[] centre, double[] factor) {
    int latent = centre.length;
    double[] e = new double[latent];
    double[] x = new double[latent];
    for (int l = 0; l < latent; l++) {
      e[l] = random.nextGaussian();
    }
    for (int a = 0; a < latent; a++) {
      for (int b = 0; b <= a; b++) {
        x[a] += factor[a * latent + b] * e[b];
      }
    }
    Cholesky.solve(factor, latent, x, 0);
    for (int l = 0; l < latent; l++) {
      w.z[l] = centre[l] + x[l];
    }
  }

  private Observation record(Observation given) {
    int size = space.fields().size();
    double[] numbers = new double[size];
    @Nullable String[] texts = new String[size];
    for (int j = 0; j < size; j++) {
      Channel channel = space.encoder().channels().get(j);
      double eta = w.eta[channel.at()];
      double psi = space.network().psi(channel.at());
      if (!given.missing(j)) {
        numbers[j] = given.number(j);
        texts[j] = given.text(j);
        continue;
      }
      numbers[j] = Double.NaN;
      if (!channel.known()) {
        continue;
      }
      switch (channel.kind()) {
        case NUMBER ->
            numbers[j] = channel.constant() ? channel.mean() : sampler.quantity(channel, eta, psi);
        case COUNT -> numbers[j] = sampler.count(eta, psi);
        case FLAG -> numbers[j] = sampler.flag(eta) ? 1 : 0;
        case CATEGORY -> texts[j] = sampler.category(channel, w.eta);
      }
    }
    return new Observation(space.fields(), numbers, texts);
  }
}
