package io.kelbo.score;

import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.record.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An observation whose holes hold what is expected there, targets apart.
 *
 * @param holes places of the numbers that were filled and are not known exactly
 * @param sds how well each is known, in its own unit, in the order of the holes
 */
public record Guessed(Observation observation, List<Integer> holes, List<Double> sds) {
  public Guessed {
    holes = List.copyOf(holes);
    sds = List.copyOf(sds);
  }

  /**
   * Fills what the scorer scored last; its z is refined where there are holes.
   *
   * @param observation that record's
   */
  public static Guessed of(Scorer scorer, Observation observation) {
    Fields fields = observation.fields();
    Observation inputs = observation.withoutTargets();
    if (inputs.present() == fields.inputs()) {
      return new Guessed(inputs, List.of(), List.of());
    }
    if (!scorer.refined()) {
      scorer.refine();
    }
    double[] numbers = new double[fields.size()];
    @Nullable String[] texts = new @Nullable String[fields.size()];
    List<Integer> holes = new ArrayList<>();
    List<Double> sds = new ArrayList<>();
    for (int j = 0; j < numbers.length; j++) {
      numbers[j] = inputs.number(j);
      texts[j] = inputs.text(j);
      boolean told = scorer.encoder().channels().get(j).known();
      if (inputs.missing(j) && !fields.get(j).target() && told) {
        Expectation expected = Expectation.of(scorer, j);
        if (expected.value() instanceof Value.Number number) {
          numbers[j] = number.number();
          if (expected.sd() > 0) {
            holes.add(j);
            sds.add(expected.sd());
          }
        } else if (expected.value() instanceof Value.Flag flag) {
          numbers[j] = flag.flag() ? 1 : 0;
        } else {
          texts[j] = expected.value().toString();
        }
      }
    }
    return new Guessed(new Observation(fields, numbers, texts), holes, sds);
  }

  /**
   * The observation with one hole so many of its standard deviations away.
   *
   * @param hole its place among the holes
   */
  Observation moved(int hole, double deviations) {
    int size = observation.fields().size();
    double[] numbers = new double[size];
    @Nullable String[] texts = new @Nullable String[size];
    Arrays.setAll(numbers, observation::number);
    Arrays.setAll(texts, observation::text);
    numbers[holes.get(hole)] += deviations * sds.get(hole);
    return new Observation(observation.fields(), numbers, texts);
  }
}
