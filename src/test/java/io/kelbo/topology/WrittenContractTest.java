package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.JsonFit;
import io.kelbo.model.Embedding;
import io.kelbo.model.ModelId;
import io.kelbo.model.Prediction;
import io.kelbo.model.Verdict;
import io.kelbo.model.VerdictKind;
import io.kelbo.record.Source;
import io.kelbo.record.Value;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Keeps {@code schemas/} and what is written in step: predictions, latent vectors, wishes.
 * Verdicts, events, rules and words are {@code SchemaContractTest}'s.
 */
class WrittenContractTest {
  private static final Instant TIME = Instant.parse("2026-11-22T08:13:00.123Z");
  private static final Source SOURCE = new Source("plant.telemetry", 0, 81231);
  private static final Verdict NORMAL =
      new Verdict(
          SOURCE.id(),
          "pump-3",
          TIME,
          VerdictKind.NORMAL,
          "usual",
          0.5,
          0.001,
          1.5,
          1,
          0.5,
          0.5,
          null,
          new ModelId("default", 7),
          List.of(),
          SOURCE);

  @Test
  void shouldWriteAPredictedNumberAsDeclared() throws IOException {
    Prediction number =
        new Prediction("temperature", new Value.Number(61.5), 0.5, 60.7, 62.3, List.of());

    assertThat(JsonFit.misfits("Prediction", PredictionJson.write(NORMAL, number))).isEmpty();
  }

  @Test
  void shouldWriteAPredictedClassAsDeclared() throws IOException {
    Prediction sort =
        new Prediction(
            "mode",
            new Value.Text("day"),
            Double.NaN,
            Double.NaN,
            Double.NaN,
            List.of(new Prediction.Chance("day", 0.9), new Prediction.Chance("night", 0.1)));

    assertThat(JsonFit.misfits("Prediction", PredictionJson.write(NORMAL, sort))).isEmpty();
  }

  @Test
  void shouldWriteAVerdictWithItsLatentVectorAsDeclared() throws IOException {
    Embedding embedding = new Embedding(List.of(0.25, -1e-300), List.of(1.0, 0.5));

    assertThat(JsonFit.misfits("Verdict", VerdictJson.write(NORMAL, embedding))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Control.Action.class)
  void shouldWriteEachWishAsDeclared(Control.Action action) throws IOException {
    assertThat(JsonFit.misfits("Control", control(action, null).write())).isEmpty();
    assertThat(JsonFit.misfits("Control", control(action, "ann").write())).isEmpty();
  }

  private static Control control(Control.Action action, @Nullable String word) {
    return new Control("default", action, TIME, word, word);
  }
}
