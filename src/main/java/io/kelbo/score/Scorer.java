package io.kelbo.score;

import io.kelbo.context.Recent;
import io.kelbo.encode.Channel;
import io.kelbo.encode.Encoder;
import io.kelbo.record.Observation;
import io.kelbo.vae.Network;
import io.kelbo.vae.Workspace;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Surprisal = reconstruction error + latent part, in nats: {@code S = Σ_k dev_k + ½ |z|²} plus the
 * pattern's deviance. One thread's; the results stay readable until the next call.
 *
 * <p>For factor analysis S is exactly {@code ½ (x-b)'(WW'+Ψ)^-1(x-b)}.
 *
 * <p>Rows without order have a {@link Crowd} beside the network: how far out their fields lie in
 * their own distributions joins the reconstruction error, how far they are from the rows that were
 * seen the latent part.
 */
public final class Scorer {
  /** Gauss-Newton steps for a record with holes; one is exact for factor analysis. */
  static final int STEPS = 3;

  private final Encoder encoder;
  private final Network network;
  private final Patterns patterns;
  private final @Nullable Standing standing;
  private final Workspace workspace;
  private final Channel[] targets; // never looked at
  private final int heads; // that may be looked at
  private final int[] fields; // that may be looked at
  private double reconstruction;
  private double latent;
  private double comparable;
  private double oddest;
  private boolean refined;

  public Scorer(Encoder encoder, Network network, Patterns patterns) {
    this(encoder, network, patterns, null);
  }

  /**
   * @param crowd for rows without order; null for records of a stream
   */
  public Scorer(Encoder encoder, Network network, Patterns patterns, @Nullable Crowd crowd) {
    this.encoder = encoder;
    this.network = network;
    this.patterns = patterns;
    this.standing = crowd == null ? null : new Standing(encoder, crowd);
    this.workspace = new Workspace(network.shape());
    this.targets =
        encoder.channels().stream()
            .filter(channel -> encoder.fields().get(channel.field()).target())
            .toArray(Channel[]::new);
    this.heads = encoder.channels().size() - targets.length;
    this.fields =
        IntStream.range(0, encoder.fields().size())
            .filter(j -> !encoder.fields().get(j).target())
            .toArray();
  }

  /** Scores an observation in its surroundings, without its targets. */
  public void score(Observation observation, Recent recent) {
    encoder.encode(observation, recent.means, workspace.input, workspace.target, workspace.mask);
    hideTargets();
    if (standing != null) {
      standing.look(workspace);
    }
    network.locate(workspace);
    refined = false;
    int observed = workspace.observed();
    if (observed < workspace.mask.length) {
      refine();
    } else {
      network.decode(workspace);
    }
    double values = deviance();
    latent = length();
    if (standing != null) {
      Pool pool = standing.pool();
      values = pool.network() * values + pool.margins() * standing.margins();
      latent = pool.network() * latent + pool.exemplars() * standing.distance();
    }
    double pattern = 0;
    double odd = 0;
    for (int j : fields) {
      if (recent.plain(j)) {
        continue; // most are, and a record has many fields
      }
      double missing = patterns.missing(recent, j);
      double repeating = patterns.repeating(recent, j);
      pattern += missing + repeating;
      odd = Math.max(odd, Math.max(missing, repeating));
    }
    oddest = odd;
    reconstruction = values + pattern;
    comparable = complete(values + latent, observed, heads) + pattern;
  }

  private void hideTargets() {
    for (Channel channel : targets) {
      // A target is one of the first channels, which stand in the order of the fields.
      workspace.mask[channel.field()] = 0;
      for (int i = channel.at(); i < channel.at() + channel.width(); i++) {
        workspace.input[i] = 0;
        workspace.target[i] = 0;
      }
    }
  }

  /** How many heads are scored where nothing is missing. */
  int heads() {
    return heads;
  }

  /**
   * Probability that a normal record has a pattern as odd as the oddest of its fields: Chernoff's
   * bound {@code exp(-n KL)} of a binomial, for two patterns of each field.
   */
  public double patternP() {
    return Math.min(1, 2.0 * encoder.fields().inputs() * StrictMath.exp(-oddest));
  }

  /** Sum of the observed heads' deviances at the {@code eta} at hand, before pooling. */
  private double deviance() {
    network.deviances(workspace);
    double[] of = workspace.deviance;
    if (standing != null) {
      for (int k = 0; k < of.length; k++) {
        of[k] = Standing.tamed(of[k]);
      }
    }
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int k = 0;
    for (; k <= of.length - 4; k += 4) { // one sum waits for each addition
      a += of[k];
      b += of[k + 1];
      c += of[k + 2];
      d += of[k + 3];
    }
    for (; k < of.length; k++) {
      a += of[k];
    }
    return (a + b) + (c + d);
  }

  /** {@code ½ |z|²}, before pooling. */
  private double length() {
    double sum = 0;
    for (double z : workspace.z) {
      sum += tail(0.5 * z * z);
    }
    return sum;
  }

  private double tail(double nats) {
    return standing == null ? nats : Standing.tamed(nats);
  }

  /** What the network says of the heads in the mask, at the z and eta at hand, in nats. */
  double fromNetwork() {
    double nats = deviance() + length();
    return standing == null ? nats : standing.pool().network() * nats;
  }

  /** Whether rows have no order, and other opinions stand beside the network's. */
  boolean pooled() {
    return standing != null;
  }

  /** What a field adds beside the network, in nats; 0 for records of a stream. */
  double fromCrowd(int field) {
    return standing == null ? 0 : standing.share(field);
  }

  /** The three parts before pooling, to learn a {@link Pool} from: network, margins, distance. */
  public double[] parts() {
    return standing == null
        ? new double[] {deviance() + length(), 0, 0}
        : new double[] {deviance() + length(), standing.margins(), standing.distance()};
  }

  /** Finds the most probable z given what is present, and its precision. */
  public void refine() {
    network.refine(workspace, network.shape().hidden() == 0 ? 1 : STEPS);
    refined = true;
  }

  /** Whether the posterior precision is at hand. */
  boolean refined() {
    return refined;
  }

  /**
   * What the surprisal would be with all heads present at the same rarity, by Wilson and Hilferty's
   * cube root of a χ²: fewer observed heads give a smaller sum, which must not look more normal.
   */
  static double complete(double surprisal, int observed, int heads) {
    if (observed == heads || observed == 0) {
      return surprisal;
    }
    double o = 2.0 / (9.0 * observed);
    double h = 2.0 / (9.0 * heads);
    double normal = (StrictMath.cbrt(2 * surprisal / observed) - (1 - o)) / Math.sqrt(o);
    double root = Math.max(0, normal * Math.sqrt(h) + 1 - h);
    return 0.5 * heads * root * root * root;
  }

  /** Reconstruction error in nats, the pattern's deviance included. */
  public double reconstruction() {
    return reconstruction;
  }

  /** Latent part in nats. */
  public double latent() {
    return latent;
  }

  /** Reconstruction + latent, in nats. */
  public double surprisal() {
    return reconstruction + latent;
  }

  /** The surprisal on one scale whatever was missing: what calibration and decisions use. */
  public double comparable() {
    return comparable;
  }

  Encoder encoder() {
    return encoder;
  }

  Network network() {
    return network;
  }

  Patterns patterns() {
    return patterns;
  }

  /** What was scored last. */
  public Workspace workspace() {
    return workspace;
  }
}
