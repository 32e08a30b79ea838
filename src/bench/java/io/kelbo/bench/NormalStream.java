package io.kelbo.bench;

import io.kelbo.record.EntityRule;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Incoming;
import io.kelbo.record.InputLayout;
import io.kelbo.record.Observation;
import io.kelbo.record.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A stationary stream without anomalies, endless; its entities take turns. */
final class NormalStream {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** What one entity sends next: numbers (fields), texts (fields). */
  private interface Sender {
    void send(Random random, double[] numbers, @Nullable String[] texts);
  }

  final String name;
  final InputLayout layout;
  private final List<Sender> senders = new ArrayList<>();
  private final Random random;
  private long offset;

  private NormalStream(String name, long seed, FieldKind... kinds) {
    this.name = name;
    this.random = new Random(seed);
    List<Field> fields = new ArrayList<>();
    for (FieldKind kind : kinds) {
      fields.add(new Field("f" + fields.size(), kind));
    }
    this.layout = new InputLayout(new Fields(fields), new EntityRule.Key(), null);
  }

  private NormalStream by(Sender sender) {
    senders.add(sender);
    return this;
  }

  private static NormalStream quantities(String name, int fields, long seed) {
    FieldKind[] kinds = new FieldKind[fields];
    java.util.Arrays.fill(kinds, FieldKind.QUANTITY);
    return new NormalStream(name, seed, kinds);
  }

  /** All kinds, each seeded alike. */
  static List<NormalStream> all(long seed) {
    return List.of(
        quantities("iid Gaussian, 8", 8, seed).by(mixed(8, 0, false, 0, seed)),
        quantities("iid Student t5, 8", 8, seed).by(mixed(8, 0, true, 0, seed)),
        quantities("iid Student t5, 1", 1, seed).by(mixed(1, 0, true, 0, seed)),
        quantities("AR(.9), 1", 1, seed).by(mixed(1, 0.9, false, 0, seed)),
        quantities("AR(.9), 4", 4, seed).by(mixed(4, 0.9, false, 0, seed)),
        quantities("sine and noise, 1", 1, seed).by(sine()),
        quantities("beats, 1", 1, seed).by(beats()),
        new NormalStream(
                "counts, flag, category",
                seed,
                FieldKind.QUANTITY,
                FieldKind.QUANTITY,
                FieldKind.COUNT,
                FieldKind.COUNT,
                FieldKind.FLAG,
                FieldKind.CATEGORY)
            .by(shop()),
        tenEntities(seed));
  }

  private static NormalStream tenEntities(long seed) {
    NormalStream stream = quantities("10 entities, one odd, 4", 4, seed);
    for (int e = 0; e < 10; e++) {
      stream.by(mixed(4, 0.5, false, e == 9 ? 1.5 : 0.2 * e / 9, seed));
    }
    return stream;
  }

  /** Mixes of AR(1) causes of variance 1 and noise, about a level. */
  private static Sender mixed(int fields, double keep, boolean heavy, double level, long seed) {
    Random loads = new Random(seed);
    double[][] mix = new double[fields][fields];
    for (double[] of : mix) {
      for (int c = 0; c < fields; c++) {
        of[c] = loads.nextGaussian();
      }
    }
    double[] cause = new double[fields];
    double fresh = Math.sqrt(1 - keep * keep);
    return (random, numbers, texts) -> {
      for (int c = 0; c < fields; c++) {
        double drawn = random.nextGaussian();
        if (heavy) {
          double squares = 0;
          for (int i = 0; i < 5; i++) {
            double g = random.nextGaussian();
            squares += g * g;
          }
          drawn /= Math.sqrt(squares / 5);
        }
        cause[c] = keep * cause[c] + fresh * drawn;
      }
      for (int j = 0; j < fields; j++) {
        numbers[j] = level;
        for (int c = 0; c < fields; c++) {
          numbers[j] += mix[j][c] * cause[c];
        }
      }
    };
  }

  private static Sender sine() {
    int[] at = {0};
    return (random, numbers, texts) ->
        numbers[0] = Math.sin(2 * Math.PI * at[0]++ / 50) + 0.1 * random.nextGaussian();
  }

  /** A pulse every 60 records or so, of about the same height. */
  private static Sender beats() {
    double[] beat = {0, 60, 1}; // where, length, height
    return (random, numbers, texts) -> {
      if (++beat[0] >= beat[1]) {
        beat[0] = 0;
        beat[1] = 60 + 2 * random.nextGaussian();
        beat[2] = 1 + 0.05 * random.nextGaussian();
      }
      double off = (beat[0] - 30) / 3;
      numbers[0] = beat[2] * Math.exp(-0.5 * off * off) + 0.03 * random.nextGaussian();
    };
  }

  private static Sender shop() {
    double[] load = {0};
    return (random, numbers, texts) -> {
      load[0] = 0.8 * load[0] + 0.6 * random.nextGaussian();
      numbers[0] = 50 + 5 * load[0] + random.nextGaussian();
      numbers[1] = -load[0] + 0.5 * random.nextGaussian();
      numbers[2] = poisson(random, Math.exp(1 + 0.3 * load[0]));
      numbers[3] = poisson(random, 0.5);
      numbers[4] = random.nextDouble() < (load[0] > 0 ? 0.3 : 0.05) ? 1 : 0;
      numbers[5] = Double.NaN;
      double u = random.nextDouble();
      texts[5] = u < 0.7 ? "run" : u < 0.95 ? "idle" : "clean";
    };
  }

  private static int poisson(Random random, double rate) {
    int count = 0;
    for (double left = Math.exp(-rate), p = random.nextDouble(); p > left; count++) {
      p *= random.nextDouble();
    }
    return count;
  }

  /** The next record. */
  Incoming next() {
    int entity = (int) (offset % senders.size());
    double[] numbers = new double[layout.fields().size()];
    String[] texts = new String[numbers.length];
    senders.get(entity).send(random, numbers, texts);
    long at = offset++;
    return new Incoming(
        "entity-" + entity,
        START.plusSeconds(at),
        new Source("normal", 0, at),
        new Observation(layout.fields(), numbers, texts));
  }
}
