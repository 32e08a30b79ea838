package io.kelbo.explore;

import io.kelbo.latent.Exploration;
import io.kelbo.latent.Kinship;
import io.kelbo.latent.Latent;
import io.kelbo.latent.Moves;
import io.kelbo.report.Chart;
import io.kelbo.report.Markup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The latents themselves: how much they are used, what they move, how they go together. */
final class Latents {
  private static final int MOST_READINGS = 40; // rows of the grid, those moved most
  private static final int STRAIGHT = 2; // lines of a walk, beside the bent one
  private static final List<String> LINES = List.of("score", "strange", "truth");

  private final Exploration seen;
  private final List<String> names;

  Latents(Exploration seen) {
    this.seen = seen;
    this.names = IntStream.rangeClosed(1, seen.latents().size()).mapToObj(l -> "z" + l).toList();
  }

  Picture activity() {
    double most = seen.latents().stream().mapToDouble(Latent::kl).max().orElse(1);
    int count = seen.latents().size();
    Chart chart =
        new Chart(700, 220, 40, new Chart.Range(0, count), new Chart.Range(0, most * 1.1));
    chart.markY(0, "0").markY(most, Markup.number(Math.rint(most * 100) / 100));
    chart.markY(Latent.ASLEEP, "");
    for (int l = 0; l < count; l++) {
      Latent latent = seen.latents().get(l);
      double[] x = {l + 0.2, l + 0.8};
      chart.band(
          x,
          new double[] {0, 0},
          new double[] {latent.kl(), latent.kl()},
          latent.asleep() ? "bar asleep" : "bar");
      chart.markX(l + 0.5, names.get(l));
    }
    List<List<String>> rows = new ArrayList<>();
    for (int l = 0; l < count; l++) {
      Latent latent = seen.latents().get(l);
      rows.add(
          List.of(
              names.get(l),
              Markup.number(latent.kl()),
              Markup.number(latent.spread()),
              Markup.number(latent.noise()),
              latent.asleep() ? "asleep" : "awake"));
    }
    return new Picture(
        "activity",
        "How much each latent says",
        "The higher the bar, the more a latent (z1, z2, …) tells one row from another.",
        "one",
        List.of(new Picture.Drawing("Nats a row", chart.svg("nats of each latent"))),
        Markup.table(
            List.of(
                "latent",
                "nats a row",
                "activity: spread of the rows' places",
                "blur of a place (1: knows nothing)",
                ""),
            rows));
  }

  Picture moved() {
    Moves moves = seen.moves();
    List<Integer> order =
        IntStream.range(0, moves.names().size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -strongest(i)))
            .limit(MOST_READINGS)
            .sorted()
            .toList();
    List<List<Double>> strengths =
        order.stream()
            .map(i -> moves.strengths().stream().map(strength -> strength.get(i)).toList())
            .toList();
    List<List<Double>> cells =
        order.stream()
            .map(i -> moves.slopes().stream().map(slope -> slope.get(i)).toList())
            .toList();
    return new Picture(
        "fields",
        "What each latent moves",
        "Turn up one latent by one spread and the field grows (<b class=\"score\">blue</b>) or falls (<b class=\"strange\">orange</b>) by so many of its own deviations (purple: it grows here and falls there); fields in the same colours rise and fall together. An empty line is a field that no latent explains.",
        "one",
        List.of(
            new Picture.Drawing(
                "",
                Grid.svg(
                    "fields moved by latents",
                    order.stream().map(moves.names()::get).toList(),
                    names,
                    cells,
                    strengths))),
        "");
  }

  private double strongest(int reading) {
    return seen.moves().strengths().stream()
        .mapToDouble(strength -> strength.get(reading))
        .max()
        .orElse(0);
  }

  Picture walks() {
    List<Picture.Drawing> drawings = new ArrayList<>();
    double[] x = new double[Moves.STEPS];
    for (int i = 0; i < x.length; i++) {
      x[i] = Moves.REACH * (2.0 * i / (x.length - 1) - 1);
    }
    for (int l = 0; l < names.size(); l++) {
      List<List<Double>> walk = seen.moves().walks().get(l);
      List<Integer> moved = walked(walk);
      Chart chart = new Chart(340, 210, 26, new Chart.Range(-2, 2), new Chart.Range(-2.5, 2.5));
      chart.markX(-2, "−2").markX(0, "0").markX(2, "+2");
      chart.markY(-2, "−2").markY(0, "0").markY(2, "+2");
      for (int k = 0; k < moved.size(); k++) {
        int reading = moved.get(k);
        double[] y = walk.get(reading).stream().mapToDouble(v -> v).toArray();
        chart.line(x, y, LINES.get(k));
        chart.key(k, LINES.get(k), seen.moves().names().get(reading));
      }
      String caption = names.get(l) + (seen.latents().get(l).asleep() ? " (asleep)" : "");
      drawings.add(new Picture.Drawing(caption, chart.svg("a walk along " + names.get(l))));
    }
    return new Picture(
        "walks",
        "A walk along each latent",
        "From left to right one latent goes from two spreads below its mean to two above while the others stay: the lines are the two fields that change most and, of the others, the most bent, in their own deviations. A bent line is a relation that no straight one describes.",
        "small",
        drawings,
        "");
  }

  /** The two that change most, and of the others the most bent. */
  private static List<Integer> walked(List<List<Double>> walk) {
    List<Integer> all = new ArrayList<>();
    IntStream.range(0, walk.size()).forEach(all::add);
    all.sort(Comparator.comparingDouble(i -> -way(walk.get(i))));
    List<Integer> moved = new ArrayList<>(all.subList(0, Math.min(STRAIGHT, all.size())));
    all.removeAll(moved);
    all.stream().max(Comparator.comparingDouble(i -> bend(walk.get(i)))).ifPresent(moved::add);
    return moved;
  }

  /** How far a line's middle lies from the straight one between its ends. */
  private static double bend(List<Double> line) {
    int last = line.size() - 1;
    return Math.abs(line.get(last / 2) - (line.get(0) + line.get(last)) / 2);
  }

  private static double way(List<Double> line) {
    double low = line.stream().mapToDouble(v -> v).min().orElse(0);
    return line.stream().mapToDouble(v -> v).max().orElse(0) - low;
  }

  Picture kinship() {
    Kinship kinship = seen.kinship();
    int count = names.size();
    Chart tree =
        new Chart(420, 240, 34, new Chart.Range(-0.5, count - 0.5), new Chart.Range(0, 1.05));
    tree.markY(0, "0").markY(0.5, "0.5").markY(1, "1");
    List<Integer> leaves = leaves(kinship, count);
    Map<Integer, double[]> tops = new HashMap<>(); // group → (x, height)
    for (int i = 0; i < count; i++) {
      tops.put(leaves.get(i), new double[] {i, 0});
      tree.markX(i, names.get(leaves.get(i)));
    }
    for (int m = 0; m < kinship.merges().size(); m++) {
      Kinship.Merge merge = kinship.merges().get(m);
      double[] a = java.util.Objects.requireNonNull(tops.get(merge.one()));
      double[] b = java.util.Objects.requireNonNull(tops.get(merge.other()));
      double d = merge.distance();
      tree.line(new double[] {a[0], a[0], b[0], b[0]}, new double[] {a[1], d, d, b[1]}, "score");
      tops.put(count + m, new double[] {(a[0] + b[0]) / 2, d});
    }
    return new Picture(
        "kinship",
        "How the latents go together",
        "Left: which latents rise together (<b class=\"score\">blue</b>) or against each other (<b class=\"strange\">orange</b>), from −1 to 1; ideally only the diagonal is coloured. Right: the same as a family tree; latents that join near the bottom are relatives, at 1 they have nothing in common.",
        "medium",
        List.of(
            new Picture.Drawing(
                "Correlation",
                Grid.svg(
                    "correlation of latents",
                    names,
                    names,
                    kinship.correlations(),
                    kinship.correlations())),
            new Picture.Drawing("Family tree", tree.svg("latents joined by likeness"))),
        "");
  }

  /** The order in which no branches of the tree cross. */
  private static List<Integer> leaves(Kinship kinship, int count) {
    List<List<Integer>> groups = new ArrayList<>();
    IntStream.range(0, count).forEach(l -> groups.add(List.of(l)));
    for (Kinship.Merge merge : kinship.merges()) {
      List<Integer> joined = new ArrayList<>(groups.get(merge.one()));
      joined.addAll(groups.get(merge.other()));
      groups.add(joined);
    }
    return groups.get(groups.size() - 1);
  }
}
