package io.kelbo.bench;

import io.kelbo.record.EntityRule;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Made-up records of quantities that hang together by six hidden causes, bent; none missing. */
final class Made {
  private static final int CAUSES = 6;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Made() {}

  static InputLayout layout(int fields) {
    return layout(IntStream.range(0, fields).mapToObj(j -> "f" + j).toArray(String[]::new));
  }

  /** Quantities of these names; the entity is the key. */
  static InputLayout layout(String... names) {
    return new InputLayout(
        new Fields(Stream.of(names).map(name -> new Field(name, FieldKind.QUANTITY)).toList()),
        new EntityRule.Key(),
        null);
  }

  /** (rows, fields), the causes moving slowly. */
  static double[][] numbers(int rows, int fields, long seed) {
    Random random = new Random(seed);
    double[][] loadings = new double[fields][CAUSES];
    for (double[] of : loadings) {
      for (int c = 0; c < CAUSES; c++) {
        of[c] = random.nextGaussian();
      }
    }
    double[] cause = new double[CAUSES];
    double[][] all = new double[rows][fields];
    for (double[] row : all) {
      for (int c = 0; c < CAUSES; c++) {
        cause[c] = 0.9 * cause[c] + 0.44 * random.nextGaussian();
      }
      for (int j = 0; j < fields; j++) {
        double sum = 0;
        for (int c = 0; c < CAUSES; c++) {
          sum += loadings[j][c] * cause[c];
        }
        row[j] = sum + (j % 3 == 0 ? Math.sin(2 * sum) : 0) + 0.3 * random.nextGaussian();
      }
    }
    return all;
  }

  static List<Observation> observations(Fields fields, double[][] numbers) {
    List<Observation> all = new ArrayList<>();
    for (double[] row : numbers) {
      all.add(new Observation(fields, row, new String[fields.size()]));
    }
    return all;
  }

  /** One entity, a record a second. */
  static List<Run> run(Fields fields, int rows) {
    List<Run.Moment> moments = new ArrayList<>();
    for (Observation observation : observations(fields, numbers(rows, fields.size(), 1))) {
      int i = moments.size();
      moments.add(
          new Run.Moment(START.plusSeconds(i), new Source("made", 0, i), observation, false));
    }
    return List.of(new Run("machine", moments));
  }
}
