package io.kelbo.backtest.report;

import io.kelbo.model.Verdict;
import io.kelbo.report.Chart;
import io.kelbo.report.Markup;

/** The score over time: how rare each row is, and which of its two parts made it so. */
final class ScoreSection {
  private static final int WIDTH = 960;
  private static final int POINTS = 900; // about one a pixel

  private final Timeline timeline;
  private final Buckets buckets;

  ScoreSection(Timeline timeline) {
    this.timeline = timeline;
    this.buckets = Buckets.of(timeline.rows().size(), POINTS);
  }

  private Verdict verdict(int row) {
    return timeline.rows().get(row).verdict();
  }

  private static double tens(double p) {
    return p > 0 ? -Math.log10(p) : Double.NaN;
  }

  String rarity(boolean labelled) {
    double[] height = buckets.largest(r -> tens(verdict(r).pValue()));
    double[] threshold = buckets.mean(r -> tens(verdict(r).thresholdP()));
    double most = 1;
    for (int b = 0; b < height.length; b++) {
      most = Math.max(most, Math.max(orZero(height[b]), orZero(threshold[b])));
    }
    Chart chart =
        new Chart(WIDTH, 260, 92, timeline.range(), new Chart.Range(0, Math.ceil(most * 1.05)));
    int step = (int) Math.ceil(most / 6);
    for (int k = 0; k <= Math.ceil(most); k += step) {
      chart.markY(k, tick(k));
    }
    timeline.mark(chart, 5);
    timeline.shade(chart);
    chart.line(buckets.middles(), height, "score");
    chart.line(buckets.middles(), threshold, "threshold");
    timeline.labels(chart);
    String labels =
        labelled ? " The strip along the bottom shows the rows that are labelled as strange." : "";
    return Markup.section(
        "score",
        "How rare is each row?",
        "The higher the line, the rarer a row this strange is among normal ones. Rows above the"
            + " dashed line are anomalies; shaded stretches are episodes, anomalies that belong"
            + " together."
            + labels
            + thinned(),
        chart.svg("rarity of each row over time"));
  }

  String parts() {
    double[] reconstruction = buckets.largest(r -> verdict(r).reconstruction());
    double[] latent = buckets.largest(r -> verdict(r).latent());
    double most = 1;
    for (int b = 0; b < latent.length; b++) {
      most = Math.max(most, Math.max(orZero(reconstruction[b]), orZero(latent[b])));
    }
    Chart chart =
        new Chart(
            WIDTH, 200, 92, timeline.range(), new Chart.Range(0, Math.log10(1 + most) * 1.05));
    chart.markY(0, "0");
    for (double tick = most > 100 ? 10 : 1; tick <= most; tick *= 10) {
      chart.markY(Math.log10(1 + tick), Markup.number(tick));
    }
    timeline.mark(chart, 5);
    timeline.shade(chart);
    chart.line(buckets.middles(), logged(reconstruction), "reconstruction");
    chart.line(buckets.middles(), logged(latent), "latent");
    return Markup.section(
        "parts",
        "What makes it strange?",
        "The surprise of a row has two parts. <b class=\"reconstruction\">Fields against each"
            + " other</b>: values that do not fit together, or do not fit what came before."
            + " <b class=\"latent\">The state as a whole</b>: values that fit together but in a"
            + " combination rarely seen. In nats; each mark is ten times the one below.",
        chart.svg("both parts of the surprisal over time"));
  }

  private String thinned() {
    return buckets.count() == buckets.rows()
        ? ""
        : " Each point is the rarest of up to %d rows."
            .formatted((buckets.rows() + buckets.count() - 1) / buckets.count());
  }

  private static double[] logged(double[] values) {
    double[] logged = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      logged[i] = Math.log10(1 + Math.max(0, values[i]));
    }
    return logged;
  }

  private static String tick(int tens) {
    if (tens == 0) {
      return "common";
    }
    return tens < 7 ? Markup.oneIn(Math.pow(10, -tens)) : "1 in 10^" + tens;
  }

  private static double orZero(double value) {
    return Double.isNaN(value) ? 0 : value;
  }
}
