package io.kelbo.latent;

import io.kelbo.encode.Encoder;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.vae.LinearStart;
import io.kelbo.vae.Network;
import io.kelbo.vae.VaeTraining;
import io.kelbo.vae.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An encoder and a network, learned from a table, and where its rows lie. Immutable. */
public final class LatentSpace {
  /** Fewer rows say nothing of how fields go together. */
  public static final int LEAST_ROWS = 20;

  private static final int MOST_LATENTS = 12;
  private static final int BRANCH_FROM = 200; // rows: fewer teach the branch nothing
  private static final int LONG_TABLE = 5000; // rows
  private static final int REFINEMENTS = 4; // Gauss-Newton steps

  private final Encoder encoder;
  private final Network network;
  private final List<Place> places;

  /** A space that is there already; {@code places} may be empty. */
  public LatentSpace(Encoder encoder, Network network, List<Place> places) {
    this.encoder = encoder;
    this.network = network;
    this.places = List.copyOf(places);
  }

  /**
   * Where a record lies.
   *
   * @param mean of each latent, in prior standard deviations
   * @param sd of each
   * @param reconstruction what the fields say against it, in nats
   */
  public record Place(List<Double> mean, List<Double> sd, double reconstruction) {
    public Place {
      mean = List.copyOf(mean);
      sd = List.copyOf(sd);
    }

    /** {@code reconstruction + ½ |mean|²}, in nats. */
    public double surprisal() {
      return reconstruction + 0.5 * mean.stream().mapToDouble(m -> m * m).sum();
    }
  }

  /**
   * Learns from rows without order.
   *
   * @throws IllegalArgumentException if there are fewer than {@value #LEAST_ROWS}
   * @throws ArithmeticException if the training diverges
   */
  public static LatentSpace learn(Fields fields, List<Observation> rows, long seed) {
    if (rows.size() < LEAST_ROWS) {
      throw new IllegalArgumentException(
          "there are %d rows to learn from but %d are needed".formatted(rows.size(), LEAST_ROWS));
    }
    Encoded encoded = Encoded.of(fields, rows);
    int latents = Math.max(2, Math.min(MOST_LATENTS, fields.size() / 2));
    LinearStart.Fitted start = encoded.start(latents);
    int epochs = rows.size() > LONG_TABLE ? 10 : 60;
    Network network =
        rows.size() < BRANCH_FROM
            ? start.network()
            : VaeTraining.train(
                start.network(), encoded.rows(), start.weights(), encoded.fixed(), epochs, seed);
    return of(encoded.encoder(), network, rows);
  }

  /** Places rows in a network's latents. */
  static LatentSpace of(Encoder encoder, Network network, List<Observation> rows) {
    LatentSpace bare = new LatentSpace(encoder, network, List.of());
    Workspace scratch = new Workspace(network.shape());
    List<Place> places = new ArrayList<>();
    for (Observation row : rows) {
      places.add(bare.place(row, scratch));
    }
    return new LatentSpace(encoder, network, places);
  }

  public Fields fields() {
    return encoder.fields();
  }

  public int latents() {
    return network.shape().latent();
  }

  /** Of the rows learned from, in their order; empty where they are not known. */
  public List<Place> places() {
    return places;
  }

  /** The categories that a field was seen with; empty for numbers. */
  public List<String> categories(int field) {
    return encoder.channels().get(field).categories();
  }

  /** Where a record lies, from what it knows. */
  public Place place(Observation row) {
    return place(row, new Workspace(network.shape()));
  }

  private Place place(Observation row, Workspace w) {
    refine(row, w);
    int latent = latents();
    List<Double> mean = new ArrayList<>();
    List<Double> sd = new ArrayList<>();
    for (int l = 0; l < latent; l++) {
      mean.add(w.z[l]);
      sd.add(network.spread(w, l));
    }
    network.deviances(w);
    return new Place(mean, sd, Arrays.stream(w.deviance).sum());
  }

  /** Leaves the most probable z and its precision in the workspace. */
  void refine(Observation row, Workspace w) {
    encoder.encode(row, unknown(fields()), w.input, w.target, w.mask);
    network.encode(w);
    network.refine(w, REFINEMENTS);
  }

  /**
   * How much of each field's variance the latents keep: 1 less the squared error of decoding over
   * the variance, on rows that know the field; NaN where the field is no quantity or constant.
   */
  public double[] kept(List<Observation> rows) {
    int size = fields().size();
    double[] error = new double[size];
    double[] spread = new double[size];
    double[] mean = new double[size];
    double[] count = new double[size];
    Workspace w = new Workspace(network.shape());
    for (Observation row : rows) {
      refine(row, w);
      for (int j = 0; j < size; j++) {
        if (encoder.channels().get(j).kind() == io.kelbo.encode.Channel.Kind.NUMBER
            && w.mask[j] != 0) {
          int at = encoder.channels().get(j).at();
          double off = w.target[at] - w.eta[at];
          double step = w.target[at] - mean[j];
          count[j]++;
          mean[j] += step / count[j];
          spread[j] += step * (w.target[at] - mean[j]); // Welford
          error[j] += off * off;
        }
      }
    }
    double[] kept = new double[size];
    for (int j = 0; j < size; j++) {
      kept[j] = spread[j] > 0 ? 1 - error[j] / spread[j] : Double.NaN;
    }
    return kept;
  }

  Encoder encoder() {
    return encoder;
  }

  Network network() {
    return network;
  }

  static double[] unknown(Fields fields) {
    double[] none = new double[fields.size()];
    Arrays.fill(none, Double.NaN);
    return none;
  }
}
