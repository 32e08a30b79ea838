package io.kelbo.latent;

import io.kelbo.vae.Network;
import io.kelbo.vae.Rows;
import io.kelbo.vae.Workspace;
import java.util.ArrayList;
import java.util.List;

/**
 * What the latents do to the fields.
 *
 * @param names of the readings: a field, or a category's value
 * @param slopes (latents)(readings) mean change of a reading, in its standard deviations, when the
 *     latent grows by one spread of its own
 * @param walks (latents)(readings)({@link #STEPS}) readings along a latent, the others at their
 *     means
 */
public record Moves(List<String> names, List<List<Double>> slopes, List<List<List<Double>>> walks) {
  /** Places of a walk, evenly from {@code -REACH} to {@code REACH} spreads. */
  public static final int STEPS = 21;

  /** Spreads to either side. */
  public static final double REACH = 2;

  private static final double HALF = 0.5; // spreads, to either side of a row

  public Moves {
    names = List.copyOf(names);
    slopes = slopes.stream().map(List::copyOf).toList();
    walks = walks.stream().map(walk -> walk.stream().map(List::copyOf).toList()).toList();
  }

  static Moves of(Network network, Encoded table, List<Latent> latents) {
    Readings readings = new Readings(table);
    Workspace w = new Workspace(network.shape());
    List<List<Double>> slopes = new ArrayList<>();
    List<List<List<Double>>> walks = new ArrayList<>();
    for (int l = 0; l < latents.size(); l++) {
      slopes.add(slope(network, readings, table.rows(), l, latents.get(l), w));
      walks.add(walk(network, readings, l, latents, w));
    }
    return new Moves(readings.names(), slopes, walks);
  }

  private static List<Double> slope(
      Network network, Readings readings, Rows rows, int l, Latent latent, Workspace w) {
    double[] sum = new double[readings.names().size()];
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
        sum[i] += (above[i] - below[i]) / rows.size();
      }
    }
    return java.util.Arrays.stream(sum).boxed().toList();
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
