package io.kelbo.latent;

import io.kelbo.vae.Network;
import io.kelbo.vae.Rows;
import io.kelbo.vae.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the latents do to the fields.
 *
 * @param names of the readings: a field, or a category's value
 * @param slopes (latents)(readings) mean change of a reading, in its standard deviations, when the
 *     latent grows by one spread of its own
 * @param strengths (latents)(readings) root mean square of the same changes: larger than the slope
 *     where a reading rises here and falls there
 * @param walks (latents)(readings)({@link #STEPS}) readings along a latent, the others at their
 *     means
 */
public record Moves(
    List<String> names,
    List<List<Double>> slopes,
    List<List<Double>> strengths,
    List<List<List<Double>>> walks) {
  /** Places of a walk, evenly from {@code -REACH} to {@code REACH} spreads. */
  public static final int STEPS = 21;

  /** Spreads to either side. */
  public static final double REACH = 2;

  private static final double HALF = 0.5; // spreads, to either side of a row

  public Moves {
    names = List.copyOf(names);
    slopes = slopes.stream().map(List::copyOf).toList();
    strengths = strengths.stream().map(List::copyOf).toList();
    walks = walks.stream().map(walk -> walk.stream().map(List::copyOf).toList()).toList();
  }

  static Moves of(Network network, Encoded table, List<Latent> latents) {
    Readings readings = new Readings(table);
    Workspace w = new Workspace(network.shape());
    List<List<Double>> slopes = new ArrayList<>();
    List<List<Double>> strengths = new ArrayList<>();
    List<List<List<Double>>> walks = new ArrayList<>();
    for (int l = 0; l < latents.size(); l++) {
      double[][] changes = changes(network, readings, table.rows(), l, latents.get(l), w);
      slopes.add(Arrays.stream(changes[0]).boxed().toList());
      strengths.add(Arrays.stream(changes[1]).boxed().toList());
      walks.add(walk(network, readings, l, latents, w));
    }
    return new Moves(readings.names(), slopes, strengths, walks);
  }

  /** Mean and root mean square over the rows. */
  private static double[][] changes(
      Network network, Readings readings, Rows rows, int l, Latent latent, Workspace w) {
    double[] sum = new double[readings.names().size()];
    double[] squares = new double[sum.length];
    for (int r = 0; r < rows.size(); r++) {
      rows.load(r, w);
      network.encode(w);
      double here = w.z[l];
      w.z[l] = here + HALF * latent.spread();
      network.decode(w);
      double[] above = readings.decoded(w);
      w.z[l] = here - HALF * latent.spread();
      network.decode(w);
      double[] below = readings.decoded(w);
      for (int i = 0; i < sum.length; i++) {
        double change = above[i] - below[i];
        sum[i] += change / rows.size();
        squares[i] += change * change / rows.size();
      }
    }
    return new double[][] {sum, Arrays.stream(squares).map(Math::sqrt).toArray()};
  }

  private static List<List<Double>> walk(
      Network network, Readings readings, int l, List<Latent> latents, Workspace w) {
    List<List<Double>> walk = new ArrayList<>();
    readings.names().forEach(name -> walk.add(new ArrayList<>()));
    for (int step = 0; step < STEPS; step++) {
      for (int other = 0; other < latents.size(); other++) {
        w.z[other] = latents.get(other).mean();
      }
      w.z[l] += latents.get(l).spread() * REACH * (2.0 * step / (STEPS - 1) - 1);
      network.decode(w);
      double[] decoded = readings.decoded(w);
      for (int i = 0; i < decoded.length; i++) {
        walk.get(i).add(decoded[i]);
      }
    }
    return walk;
  }
}
