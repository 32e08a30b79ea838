package io.kelbo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.context.EntityState;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.record.Run;
import io.kelbo.record.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the training window takes on the disk, as docs/sizing.md reckons it. */
class SampleSizeTest {
  private static final String TOPIC = "plant.telemetry";

  @ParameterizedTest
  @ValueSource(ints = {8, 38})
  void shouldTakeAsManyBytesARecordAsThePageOnSizesSays(int fields) {
    Random random = new Random(1);
    Fields all =
        new Fields(
            IntStream.range(0, fields)
                .mapToObj(j -> new Field("q" + j, FieldKind.QUANTITY))
                .toList());
    List<Run.Moment> moments = new ArrayList<>();
    for (int i = 0; i < EntityState.CAPACITY; i++) {
      moments.add(
          new Run.Moment(
              Instant.parse("2026-11-29T12:00:00.123456Z").plusSeconds(i),
              new Source(TOPIC, 3, 1_000_000 + i),
              new Observation(all, random.doubles(fields).toArray(), new String[fields]),
              false));
    }

    int bytes = new Sample("default", 7, 3, 0.4, new Run("pump-3", moments)).write().length;

    double reckoned = 20 + TOPIC.length() + 9.5 * fields;
    assertThat((double) bytes / EntityState.CAPACITY).isBetween(0.9 * reckoned, reckoned);
  }
}
