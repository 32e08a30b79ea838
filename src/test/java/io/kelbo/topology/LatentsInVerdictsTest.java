package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kelbo.format.FormatSettings;
import io.kelbo.format.Formats;
import io.kelbo.model.Model;
import io.kelbo.record.Declared;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code output.latents}: where a record lies, in its verdict. */
class LatentsInVerdictsTest {
  private static Model model;

  @BeforeAll
  static void learn() {
    model = FirstModels.model(1);
  }

  @Test
  void shouldSayWhereEachScoredRecordLies() {
    try (ScoringBench bench = bench(true)) {
      bench.rows(400, 700);

      List<JsonNode> verdicts = bench.verdicts();
      int latents = model.network().shape().latent();
      double[] squares = new double[latents];
      int scored = 0;
      for (JsonNode verdict : verdicts) {
        JsonNode embedding = verdict.get("embedding");
        if (verdict.get("verdict").asText().equals("warming_up")) {
          assertThat(embedding).isNull();
          continue;
        }
        scored++;
        assertThat(embedding.get("mean")).hasSize(latents);
        assertThat(embedding.get("spread")).hasSize(latents);
        for (int l = 0; l < latents; l++) {
          assertThat(embedding.get("spread").get(l).asDouble()).isBetween(0.0, 1.0);
          squares[l] += Math.pow(embedding.get("mean").get(l).asDouble(), 2);
        }
      }
      assertThat(scored).isGreaterThan(100);
      // In prior standard deviations: neither asleep nor far outside.
      assertThat(squares[0] / scored).isBetween(0.2, 5.0);
    }
  }

  @Test
  void shouldKnowLessOfARecordThatSaysLess() {
    try (ScoringBench bench = bench(true)) {
      bench.row(460, PlantRows.row(460));
      bench.row(461, "{\"pressure\": 4.1}");

      List<JsonNode> verdicts = bench.verdicts();
      double whole = verdicts.get(0).get("embedding").get("spread").get(0).asDouble();
      double part = verdicts.get(1).get("embedding").get("spread").get(0).asDouble();
      assertThat(part).isGreaterThan(whole);
    }
  }

  @Test
  void shouldSayNothingWhereItWasNotAsked() {
    try (ScoringBench bench = bench(false)) {
      bench.rows(450, 470);

      assertThat(bench.verdicts()).isNotEmpty().allMatch(verdict -> !verdict.has("embedding"));
    }
  }

  private static ScoringBench bench(boolean latents) {
    FormatSettings formats = new FormatSettings("json", null, null, null, "json", latents);
    return new ScoringBench(model, ScoringBench.A_DAY, new Formats(formats), Declared.nothing());
  }
}
