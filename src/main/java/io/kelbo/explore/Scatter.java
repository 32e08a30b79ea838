package io.kelbo.explore;

import io.kelbo.latent.Cloud;
import io.kelbo.latent.Exploration;
import io.kelbo.latent.Principal;
import io.kelbo.report.Chart;
import io.kelbo.report.Markup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows as dots: principal components in two and three dimensions, and clouds for each beta. */
final class Scatter {
  private static final double STRANGE = 0.02; // share of the rows that is marked
  private static final double TURN = Math.toRadians(30); // of the 3D axes on paper

  private final Exploration seen;
  private final boolean[] strange;

  Scatter(Exploration seen) {
    this.seen = seen;
    List<Double> s = seen.surprisals();
    this.strange = new boolean[s.size()];
    IntStream.range(0, s.size())
        .boxed()
        .sorted(Comparator.comparingDouble(r -> -s.get(r)))
        .limit(Math.max(1, Math.round(STRANGE * s.size())))
        .forEach(r -> strange[r] = true);
  }

  Picture principal() {
    Principal p = seen.principal();
    double three = p.shares().stream().limit(Principal.AXES).mapToDouble(x -> x).sum();
    double two = p.shares().stream().limit(2).mapToDouble(x -> x).sum();
    List<double[]> flat = new ArrayList<>();
    List<double[]> deep = new ArrayList<>();
    for (List<Double> place : p.places()) {
      flat.add(new double[] {place.get(0), place.get(1)});
      deep.add(projected(place.get(0), place.get(1), place.get(2)));
    }
    double reach = reach(flat);
    Chart chart = axes(520, reach, "1st direction", "");
    dots(chart, flat);
    double far = reach(deep);
    Chart cube = new Chart(520, 420, 30, range(far), range(far));
    String[] names = {"1st", "2nd", "3rd"};
    for (int k = 0; k < Principal.AXES; k++) {
      double size = far * 0.8;
      double[] tip = projected(k == 0 ? size : 0, k == 1 ? size : 0, k == 2 ? size : 0);
      cube.line(new double[] {0, tip[0]}, new double[] {0, tip[1]}, "ideal");
      cube.label(tip[0], tip[1], names[k]);
    }
    dots(cube, deep);
    List<Picture.Drawing> drawings = new ArrayList<>();
    drawings.add(new Picture.Drawing("Two directions", chart.svg("map of the rows")));
    boolean solid = seen.latents().size() >= Principal.AXES;
    if (solid) {
      String name = "map of the rows in three directions";
      drawings.add(new Picture.Drawing("Three directions, from a corner", cube.svg(name)));
    }
    return new Picture(
        "map",
        "The map of the rows",
        "Each dot is a row; rows that behave alike lie together. Orange: the strangest %s. The model sees the rows in %s; the two widest show %s of their differences%s."
            .formatted(
                Markup.percent(STRANGE),
                Markup.count(seen.latents().size(), "direction", "directions"),
                Markup.percent(two),
                solid ? ", three " + Markup.percent(three) : ""),
        "medium",
        drawings,
        "");
  }

  Picture betas() {
    List<Picture.Drawing> drawings = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    double reach =
        seen.clouds().stream()
            .flatMap(cloud -> Stream.concat(cloud.x().stream(), cloud.y().stream()))
            .mapToDouble(Math::abs)
            .reduce(3, Math::max);
    for (int b = 0; b < Exploration.BETAS.size(); b++) {
      Cloud cloud = seen.clouds().get(b);
      String beta = Markup.number(Exploration.BETAS.get(b));
      List<double[]> places = new ArrayList<>();
      for (int r = 0; r < cloud.x().size(); r++) {
        places.add(new double[] {cloud.x().get(r), cloud.y().get(r)});
      }
      Chart chart = axes(300, reach, "", "");
      dots(chart, places);
      double[] x = new double[61];
      double[] y = new double[61];
      for (int i = 0; i < x.length; i++) {
        x[i] = 2 * Math.cos(i * Math.PI / 30);
        y[i] = 2 * Math.sin(i * Math.PI / 30);
      }
      chart.line(x, y, "latent");
      drawings.add(new Picture.Drawing("beta " + beta, chart.svg("rows at beta " + beta)));
      var trial = seen.betas().get(b);
      rows.add(
          List.of(
              beta,
              Markup.number(trial.rate()),
              Markup.number(trial.distortion()),
              Markup.number(trial.bound()),
              String.valueOf(trial.asleep()),
              Markup.number(cloud.noise())));
    }
    return new Picture(
        "beta",
        "What the regulariser does",
        "Training pays beta for each nat that the latents carry. Without it (0) rows spread at will, each a sharp point, and what lies between them means nothing; at 1 they fill the purple ring (twice the prior's deviation) as blurred spots that touch, so that new rows can be drawn from it; above it they blur into each other and latents fall asleep.",
        "small",
        drawings,
        Markup.table(
            List.of(
                "beta",
                "nats carried",
                "nats left unsaid",
                "sum (lower is better)",
                "asleep",
                "blur of a place (1: knows nothing)"),
            rows));
  }

  private Chart axes(int width, double reach, String x, String y) {
    Chart chart = new Chart(width, width == 300 ? 260 : 420, 30, range(reach), range(reach));
    for (double tick : new double[] {-reach / 2, 0, reach / 2}) {
      chart.markX(tick, Markup.number(Math.rint(tick * 10) / 10));
      chart.markY(tick, Markup.number(Math.rint(tick * 10) / 10));
    }
    return chart;
  }

  private void dots(Chart chart, List<double[]> places) {
    for (int pass = 0; pass < 2; pass++) { // the strange ones on top
      for (int r = 0; r < places.size(); r++) {
        if (strange[r] == (pass == 1)) {
          String title = "row %d of those looked at".formatted(r + 1);
          String style = strange[r] ? "dot strange" : "dot";
          chart.dot(places.get(r)[0], places.get(r)[1], style, title);
        }
      }
    }
  }

  private static double[] projected(double x, double y, double z) {
    return new double[] {(x - y) * Math.cos(TURN), z - (x + y) * Math.sin(TURN)};
  }

  private static double reach(List<double[]> places) {
    double far =
        places.stream().mapToDouble(p -> Math.max(Math.abs(p[0]), Math.abs(p[1]))).max().orElse(1);
    return Math.max(far * 1.05, 0.1);
  }

  private static Chart.Range range(double reach) {
    return new Chart.Range(-reach, reach);
  }
}
