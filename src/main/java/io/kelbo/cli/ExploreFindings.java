package io.kelbo.cli;

import io.kelbo.latent.Exploration;
import io.kelbo.latent.Latent;
import io.kelbo.latent.Trial;
import io.kelbo.latent.Variant;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code explore} prints: the numbers of its pictures. */
final class ExploreFindings {
  private ExploreFindings() {}

  static Map<String, Object> facts(Exploration seen) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("rows", seen.rows());
    facts.put("fields", seen.fields());
    facts.put("chosen_latents", seen.chosen().latents());
    facts.put("sizes", seen.sizes().stream().map(ExploreFindings::trial).toList());
    facts.put("betas", seen.betas().stream().map(ExploreFindings::trial).toList());
    List<Object> cures = new ArrayList<>();
    seen.cures()
        .forEach(
            cure -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("done", cure.what());
              one.putAll(trial(cure.result()));
              cures.add(one);
            });
    facts.put("collapse", cures);
    facts.put("variants", seen.variants().stream().map(ExploreFindings::variant).toList());
    facts.put("latents", latents(seen));
    facts.put("principal_shares", rounded(seen.principal().shares()));
    facts.put(
        "correlations",
        seen.kinship().correlations().stream().map(ExploreFindings::rounded).toList());
    return facts;
  }

  private static Map<String, Object> trial(Trial trial) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("latents", trial.latents());
    facts.put("beta", trial.beta());
    facts.put("rate", WrittenRows.rounded(trial.rate()));
    facts.put("distortion", WrittenRows.rounded(trial.distortion()));
    facts.put("bound", WrittenRows.rounded(trial.bound()));
    facts.put("asleep", trial.asleep());
    return facts;
  }

  private static Map<String, Object> variant(Variant variant) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("what", variant.what());
    facts.put("latents", variant.latents());
    facts.put("rate", WrittenRows.rounded(variant.rate()));
    facts.put("distortion", WrittenRows.rounded(variant.distortion()));
    facts.put("bound", WrittenRows.rounded(variant.bound()));
    facts.put("likeness", WrittenRows.rounded(variant.likeness()));
    return facts;
  }

  private static List<Object> latents(Exploration seen) {
    List<Object> all = new ArrayList<>();
    for (int l = 0; l < seen.latents().size(); l++) {
      Latent latent = seen.latents().get(l);
      Map<String, Object> moves = new LinkedHashMap<>();
      for (int i = 0; i < seen.moves().names().size(); i++) {
        moves.put(
            seen.moves().names().get(i), WrittenRows.rounded(seen.moves().slopes().get(l).get(i)));
      }
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("kl", WrittenRows.rounded(latent.kl()));
      facts.put("activity", WrittenRows.rounded(latent.spread()));
      facts.put("noise", WrittenRows.rounded(latent.noise()));
      facts.put("asleep", latent.asleep());
      facts.put("moves", moves);
      facts.put("strengths", strengths(seen, l));
      all.add(facts);
    }
    return all;
  }

  private static Map<String, Object> strengths(Exploration seen, int latent) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (int i = 0; i < seen.moves().names().size(); i++) {
      all.put(
          seen.moves().names().get(i),
          WrittenRows.rounded(seen.moves().strengths().get(latent).get(i)));
    }
    return all;
  }

  private static List<Double> rounded(List<Double> values) {
    return values.stream().map(WrittenRows::rounded).toList();
  }

  static void print(Exploration seen, PrintWriter out) {
    out.printf("%,d rows of %d fields%n", seen.rows(), seen.fields());
    out.printf("latents  nats carried  left unsaid      sum  asleep%n");
    for (Trial trial : seen.sizes()) {
      out.printf(
          "%7d  %12.3f  %11.3f  %7.3f  %6d%s%n",
          trial.latents(),
          trial.rate(),
          trial.distortion(),
          trial.bound(),
          trial.asleep(),
          trial == seen.chosen() ? "  chosen" : "");
    }
    out.printf("beta     nats carried  left unsaid      sum  asleep%n");
    for (Trial trial : seen.betas()) {
      out.printf(
          "%7.1f  %12.3f  %11.3f  %7.3f  %6d%n",
          trial.beta(), trial.rate(), trial.distortion(), trial.bound(), trial.asleep());
    }
    seen.cures()
        .forEach(
            cure ->
                out.printf(
                    "%d of %d latents asleep: %s%n",
                    cure.result().asleep(), cure.result().latents(), cure.what()));
    out.printf("latents  nats carried  left unsaid      sum  likeness%n");
    for (Variant variant : seen.variants()) {
      out.printf(
          "%7d  %12.3f  %11.3f  %7.3f  %8.3f  %s%n",
          variant.latents(),
          variant.rate(),
          variant.distortion(),
          variant.bound(),
          variant.likeness(),
          variant.what());
    }
  }
}
