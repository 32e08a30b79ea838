package io.kelbo.train;

import io.kelbo.context.Recent;
import io.kelbo.encode.Channel;
import io.kelbo.encode.Encoder;
import io.kelbo.record.Field;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.score.Guessed;
import io.kelbo.score.Readout;
import io.kelbo.score.Scorer;
import io.kelbo.score.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Learns to tell the targets, from the records of the sample that have them; their holes are filled
 * as scoring fills them. What cannot be told is taken over from the champion, or left with a
 * reason: a stream without labels must still be learned.
 */
final class ReadoutLearning {
  // A second order must pay: it has many more weights, and streams move.
  private static final double BETTER = 0.98;

  private final Encoder encoder;
  private final Scorer scorer;
  private final TrainingRows rows;
  private final List<Readout> known;
  private final Map<String, Double> figures;
  private final List<Readout> learned = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  /**
   * @param scorer of the network that will score
   * @param known what the champion tells, of the same fields or fewer at the end
   * @param figures what was found on held-out rows is put here
   */
  ReadoutLearning(
      Encoder encoder,
      Scorer scorer,
      TrainingRows rows,
      List<Readout> known,
      Map<String, Double> figures) {
    this.encoder = encoder;
    this.scorer = scorer;
    this.rows = rows;
    this.known = known;
    this.figures = figures;
  }

  /** One for each target that can be told. */
  List<Readout> learn() {
    Fields fields = encoder.fields();
    for (int j = 0; j < fields.size(); j++) {
      if (!fields.get(j).target()) {
        continue;
      }
      String name = fields.get(j).name();
      try {
        learned.add(learn(j));
      } catch (Untold untold) {
        Readout old = taken(name);
        remarks.add(
            "target '%s' %s: %s"
                .formatted(
                    name, old == null ? "is not told" : "is told as before", untold.getMessage()));
        if (old != null) {
          learned.add(old);
        }
      }
    }
    return List.copyOf(learned);
  }

  /** A sentence on a training, with what there is to say of targets that could not be learned. */
  String remarked(String reason) {
    return remarks.isEmpty() ? reason : reason + "; " + String.join("; ", remarks);
  }

  private @Nullable Readout taken(String name) {
    for (Readout old : known) {
      Fields before = old.encoder().fields();
      List<Field> now = encoder.fields().list();
      if (before.get(old.target()).name().equals(name)
          && before.size() <= now.size()
          && before.list().equals(now.subList(0, before.size()))) {
        return old;
      }
    }
    return null;
  }

  private Readout learn(int target) throws Untold {
    Labelled labelled = Labelled.of(encoder, rows, target);
    List<Observation> told = filled(labelled);
    int[] blocks = labelled.blocks(rows);
    int classes = labelled.classes().size();
    HeldOutAnswers best = null;
    int order = 1;
    for (int tried = 1; tried <= 2; tried++) {
      Terms terms = Terms.of(encoder, tried);
      int weights = (1 + terms.size()) * Math.max(1, classes);
      if (weights > Readout.MOST_WEIGHTS) {
        break;
      }
      Regression regression =
          new Regression(columns(terms, labelled, told), labelled.truth(), classes);
      HeldOutAnswers answers = new HeldOutAnswers(regression, labelled.truth(), classes, blocks);
      if (best == null || answers.loss() < BETTER * best.loss()) {
        best = answers;
        order = tried;
      }
    }
    if (best == null) {
      throw new Untold(
          "its %d classes and %d inputs would take more than %d weights"
              .formatted(classes, Terms.of(encoder, 1).size(), Readout.MOST_WEIGHTS));
    }
    if (!Double.isFinite(best.loss())) {
      throw new Untold("no block of time shows what the others say of it");
    }
    figures.put(figure(target, "rows"), (double) labelled.rows().length);
    return classes == 0
        ? number(target, order, best)
        : classes(target, order, labelled.classes(), best);
  }

  /** The rows as scoring sees them, their holes filled. */
  private List<Observation> filled(Labelled labelled) {
    List<Observation> told = new ArrayList<>();
    Recent recent = new Recent(encoder.fields().size());
    for (int r : labelled.rows()) {
      Observation row = rows.observations().get(r);
      rows.surroundings(r, recent);
      scorer.score(row, recent);
      told.add(Guessed.of(scorer, row).observation());
    }
    return told;
  }

  private double[][] columns(Terms terms, Labelled labelled, List<Observation> told) {
    double[][] columns = new double[told.size()][terms.size()];
    double[] input = new double[encoder.inputs()];
    double[] unused = new double[input.length];
    double[] mask = new double[encoder.channels().size()];
    for (int i = 0; i < columns.length; i++) {
      encoder.encode(told.get(i), rows.means().get(labelled.rows()[i]), input, unused, mask);
      terms.of(input, columns[i]);
    }
    return columns;
  }

  private String figure(int target, String name) {
    return "target.%s.%s".formatted(encoder.fields().get(target).name(), name);
  }

  private Readout number(int target, int order, HeldOutAnswers best) {
    Channel channel = encoder.channels().get(target);
    double sd = Math.max(Math.sqrt(best.loss()), 1e-6);
    double[] errors = best.errors();
    // The smallest that holds nine in ten and one more (split conformal).
    int place = (int) Math.ceil(0.9 * (errors.length + 1)) - 1;
    double reach = Math.max(errors[Math.min(errors.length - 1, place)] / sd, 1e-3);
    figures.put(figure(target, "rmse"), sd * channel.sd());
    figures.put(figure(target, "sd"), channel.sd());
    return new Readout(target, encoder, order, List.of(), best.weights(), sd * channel.sd(), reach);
  }

  private Readout classes(int target, int order, List<String> classes, HeldOutAnswers best) {
    figures.put(figure(target, "log_loss"), best.loss());
    figures.put(figure(target, "accuracy"), best.accuracy());
    figures.put(figure(target, "classes"), (double) classes.size());
    double temperature = best.temperature();
    double[] weights = best.weights();
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= temperature;
    }
    return new Readout(target, encoder, order, classes, weights, 1, 1);
  }
}
