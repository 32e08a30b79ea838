package io.kelbo.backtest.report;

import io.kelbo.backtest.BacktestOptions;
import io.kelbo.backtest.BacktestStory;
import io.kelbo.backtest.Retraining;
import io.kelbo.model.Model;
import io.kelbo.model.Provenance;
import io.kelbo.record.Field;
import io.kelbo.report.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What was learned, from what, with which settings: enough to get the same page again. */
final class LearnedSection {
  private static final int MOST_FIELDS = 200;

  private final BacktestStory story;
  private final Model model;

  LearnedSection(BacktestStory story) {
    this.story = story;
    this.model = story.result().model();
  }

  String html() {
    Provenance from = model.provenance();
    List<Field> fields = model.layout().fields().list();
    StringBuilder body = new StringBuilder(Markup.table(List.of("", ""), facts(from)));
    List<List<String>> rows = new ArrayList<>();
    fields.stream()
        .limit(MOST_FIELDS)
        .forEach(f -> rows.add(List.of(Markup.text(f.name()), Markup.text(f.kind().word()))));
    body.append(folded("%d fields".formatted(fields.size()), List.of("field", "kind"), rows));
    if (!story.leftOut().isEmpty()) {
      List<List<String>> left = new ArrayList<>();
      story.leftOut().stream()
          .limit(MOST_FIELDS)
          .forEach(out -> left.add(List.of(Markup.text(out.path()), Markup.text(out.reason()))));
      body.append(
          folded(
              "%d columns that were not used".formatted(story.leftOut().size()),
              List.of("column", "why"),
              left));
    }
    List<List<String>> figures = new ArrayList<>();
    new TreeMap<>(from.figures())
        .forEach((name, value) -> figures.add(List.of(Markup.text(name), Markup.number(value))));
    body.append(folded("Figures of the training", List.of("figure", "value"), figures));
    return Markup.section(
        "learned",
        "What was learned, and how",
        "The model knows what the rows it learned from looked like; everything above is measured"
            + " against that. The same files, settings and seed give the same page.",
        body.toString());
  }

  private List<List<String>> facts(Provenance from) {
    BacktestOptions options = story.options();
    List<List<String>> facts = new ArrayList<>();
    fact(
        facts,
        "files scored",
        String.join(", ", options.files().stream().map(f -> "" + f.getFileName()).toList()));
    fact(
        facts,
        "learned from",
        Markup.count(from.records(), "row", "rows")
            + (options.train() == null ? "" : " of " + options.train().getFileName()));
    fact(
        facts,
        "model",
        "%s, %d latents%s"
            .formatted(
                from.method().equals("vae")
                    ? "variational autoencoder on top of factor analysis"
                    : "factor analysis, the linear variational autoencoder",
                model.network().shape().latent(),
                story.result().models() == 1
                    ? ""
                    : "; the last of %d models".formatted(story.result().models())));
    fact(
        facts,
        "an anomaly is",
        "a row rarer than %s among normal ones (p below %s)"
            .formatted(Markup.oneIn(model.thresholdP()), Markup.number(model.thresholdP())));
    fact(facts, "alarm budget", options.budget().toString());
    fact(facts, "order of rows", options.tabular() ? "has no meaning (--tabular)" : "is time");
    if (model.alone() != null) {
      fact(facts, "context over time", "none: " + model.alone());
    }
    fact(facts, "retraining", retraining(options.retrain()));
    fact(facts, "seed", Long.toString(options.seed()));
    return facts;
  }

  private static String retraining(Retraining retrain) {
    if (retrain instanceof Retraining.Every every) {
      return "every " + Markup.duration(every.duration());
    }
    return retrain instanceof Retraining.Rows rows
        ? "every " + Markup.count(rows.rows(), "row", "rows")
        : "never";
  }

  private static void fact(List<List<String>> facts, String name, String value) {
    facts.add(List.of(Markup.text(name), Markup.text(value)));
  }

  private static String folded(String title, List<String> head, List<List<String>> rows) {
    return "<details><summary>%s</summary>%s</details>\n"
        .formatted(Markup.text(title), Markup.table(head, rows));
  }
}
