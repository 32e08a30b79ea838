package io.kelbo.explore;

import io.kelbo.latent.Cure;
import io.kelbo.latent.Exploration;
import io.kelbo.latent.Trial;
import io.kelbo.latent.Variant;
import io.kelbo.report.Chart;
import io.kelbo.report.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What latents carry against what they leave unsaid, and what was done about those that sleep. */
final class Curves {
  private final Exploration seen;

  Curves(Exploration seen) {
    this.seen = seen;
  }

  Picture bottleneck() {
    List<Trial> all = Stream.concat(seen.sizes().stream(), seen.betas().stream()).toList();
    Chart.Range rates = range(all.stream().mapToDouble(Trial::rate).toArray());
    Chart.Range unsaid = range(all.stream().mapToDouble(Trial::distortion).toArray());
    Chart chart = new Chart(700, 340, 48, rates, unsaid);
    ticks(chart, rates, unsaid);
    draw(chart, seen.betas(), "latent", true);
    draw(chart, seen.sizes(), "score", false);
    chart.dot(seen.chosen().rate(), seen.chosen().distortion(), "strange", "chosen");
    List<List<String>> rows = new ArrayList<>();
    for (Trial trial : seen.sizes()) {
      boolean chosen = trial == seen.chosen();
      rows.add(
          Stream.of(
                  String.valueOf(trial.latents()),
                  Markup.number(trial.rate()),
                  Markup.number(trial.distortion()),
                  Markup.number(trial.bound()),
                  String.valueOf(trial.asleep()),
                  chosen ? "chosen" : "")
              .map(cell -> chosen ? "<b class=\"strange\">" + cell + "</b>" : cell)
              .toList());
    }
    return new Picture(
        "bottleneck",
        "How much must be remembered of a row",
        "To the right a row is remembered in more detail, further down less of it is left unsaid: too narrow forgets what matters, too wide learns noise. <b class=\"score\">Blue</b>: more latents; <b class=\"latent\">purple</b>: a lower price for each nat (beta 4, 1, 0.3, 0); <b class=\"strange\">orange</b>: chosen, the fewest latents that do as well as the best on rows that were not learned from.",
        "one",
        List.of(
            new Picture.Drawing(
                "Across: nats carried a row; up: nats left unsaid a row",
                chart.svg("rate and distortion"))),
        Markup.table(
            List.of(
                "latents",
                "nats carried",
                "nats left unsaid",
                "sum (lower is better)",
                "asleep",
                ""),
            rows));
  }

  private static void draw(Chart chart, List<Trial> trials, String style, boolean betas) {
    double[] x = trials.stream().mapToDouble(Trial::rate).toArray();
    double[] y = trials.stream().mapToDouble(Trial::distortion).toArray();
    chart.line(x, y, style);
    for (Trial trial : trials) {
      String label = betas ? "β " + Markup.number(trial.beta()) : String.valueOf(trial.latents());
      chart.dot(trial.rate(), trial.distortion(), "at " + style, label);
      if (!betas || trial.beta() != 1) {
        chart.label(trial.rate(), trial.distortion(), label);
      }
    }
  }

  private static Chart.Range range(double[] values) {
    double low = java.util.Arrays.stream(values).min().orElse(0);
    double high = java.util.Arrays.stream(values).max().orElse(1);
    double pad = 0.06 * (high - low);
    return new Chart.Range(low - pad, high + pad);
  }

  private static void ticks(Chart chart, Chart.Range x, Chart.Range y) {
    for (int i = 1; i <= 4; i++) {
      double across = x.from() + (x.to() - x.from()) * i / 4.4;
      double up = y.from() + (y.to() - y.from()) * i / 4.4;
      chart.markX(across, Markup.number(Math.rint(across * 10) / 10));
      chart.markY(up, Markup.number(Math.rint(up * 10) / 10));
    }
  }

  Picture variants() {
    List<List<String>> rows = new ArrayList<>();
    for (Variant variant : seen.variants()) {
      rows.add(
          List.of(
              Markup.text(variant.what()),
              String.valueOf(variant.latents()),
              Markup.number(variant.rate()),
              Markup.number(variant.distortion()),
              Markup.number(variant.bound()),
              Markup.number(variant.likeness())));
    }
    return new Picture(
        "variants",
        "Other ways to build it",
        "The same rows, learned by a plain network of the same size, and by ours with a price on latents that rise and fall together. The likeness is the mean size of the correlations between latents: 0 where each says something of its own.",
        "one",
        List.of(),
        Markup.table(
            List.of(
                "what was built",
                "latents",
                "nats carried",
                "nats left unsaid",
                "sum (lower is better)",
                "likeness of latents"),
            rows));
  }

  Picture collapse() {
    Cure last = seen.cures().get(seen.cures().size() - 1);
    int widest = last.result().asleep();
    String verdict =
        widest == 0
            ? "None is asleep after the last step."
            : "Asleep even after the last step: %d.".formatted(widest);
    List<List<String>> rows = new ArrayList<>();
    for (Cure cure : seen.cures()) {
      rows.add(
          List.of(
              Markup.text(cure.what()),
              String.valueOf(cure.result().latents()),
              String.valueOf(cure.result().asleep()),
              Markup.number(cure.result().bound())));
    }
    return new Picture(
        "collapse",
        "Latents that fall asleep",
        "A latent that says nothing of any row (less than 0.05 nats) has collapsed: it costs time and explains nothing. What was done, in this order. "
            + verdict,
        "one",
        List.of(),
        Markup.table(
            List.of("what was done", "latents", "asleep", "nats a row (lower is better)"), rows));
  }
}
