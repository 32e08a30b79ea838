package io.kelbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kelbo.context.EntityState;
import io.kelbo.record.Incoming;
import io.kelbo.record.InputLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
  private static final int MUTATIONS = 10_000;
  private static final double GOLDEN_SURPRISAL = 263.99547820135166;

  private final Learned learned = new Learned();
  private final Model model = learned.model();
  private final byte[] bytes = Snapshots.write(model);

  /** What a model says of the same forty records, some with a hole or a fault. */
  private static List<Judged> verdicts(Model model) {
    Learned fresh = new Learned();
    Judge judge = new Judge(model, Duration.ofMinutes(1));
    EntityState state = EntityState.fresh("m-1", Learned.FIELDS);
    List<Judged> all = new ArrayList<>();
    for (int i = 0; i < Learned.WARM_UP + 40; i++) {
      double hole = i % 5 == 0 ? Double.NaN : 1500 + i % 7;
      Incoming next =
          i % 4 == 0
              ? fresh.record(new double[] {hole, 90, 2, 0, 0, 4711}, i % 8 == 0 ? "new" : "run")
              : fresh.next();
      all.add(judge.judge(next, state));
    }
    return all;
  }

  private static byte[] sealed(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, bytes.length - 4);
    return ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue()).array();
  }

  @Test
  void shouldComeBackAsTheSameModel() throws UnreadableSnapshot {
    Model read = Snapshots.read(bytes);

    assertThat(Snapshots.write(read)).containsExactly(bytes);
    assertThat(read.id()).isEqualTo(model.id());
    assertThat(read.layout()).isEqualTo(model.layout());
    assertThat(read.provenance()).isEqualTo(model.provenance());
    assertThat(verdicts(read)).isEqualTo(verdicts(model));
    assertThat(verdicts(read)).anyMatch(j -> j.verdict().kind() == VerdictKind.ANOMALY);
  }

  @Test
  void shouldRefuseANewerFormat() {
    bytes[0] = Snapshots.VERSION + 1;

    assertThatThrownBy(() -> Snapshots.read(bytes))
        .isInstanceOf(UnreadableSnapshot.class)
        .hasMessageContaining("format 10")
        .hasMessageContaining("newer version");
  }

  @Test
  void shouldRefuseEveryFlippedBit() {
    Random random = new Random(1);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] broken = bytes.clone();
      broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));

      assertThatThrownBy(() -> Snapshots.read(broken)).isInstanceOf(UnreadableSnapshot.class);
    }
  }

  @Test
  void shouldRefuseWhatIsCutOrLonger() {
    for (int length = 0; length < bytes.length; length += 1 + length / 50) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Snapshots.read(cut)).isInstanceOf(UnreadableSnapshot.class);
    }
    byte[] longer = sealed(Arrays.copyOf(bytes, bytes.length + 3));
    assertThatThrownBy(() -> Snapshots.read(longer))
        .isInstanceOf(UnreadableSnapshot.class)
        .hasMessageContaining("3 bytes too many");
  }

  /** Even where the checksum fits what is broken: refused, or a model that leaves no array. */
  @Test
  void shouldNeverThrowAnythingElseThoughTheChecksumFits() {
    Random random = new Random(2);
    int[] absurd = {
      Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0, 1, 1 << 20, bytes.length, 0x7FF00000
    };
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] broken = bytes.clone();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        int at = 1 + random.nextInt(random.nextBoolean() ? 900 : broken.length - 8);
        if (random.nextBoolean()) {
          ByteBuffer.wrap(broken).putInt(at, absurd[random.nextInt(absurd.length)]);
        } else {
          broken[at] = (byte) random.nextInt();
        }
      }
      if (random.nextInt(10) == 0) {
        broken = Arrays.copyOf(broken, 5 + random.nextInt(broken.length - 5));
      }
      read += readable(sealed(broken)) ? 1 : 0;
    }

    assertThat(read).isBetween(1, MUTATIONS - 1000);
  }

  private static boolean readable(byte[] broken) {
    try {
      Model odd = Snapshots.read(broken);
      if (odd.layout().fields().equals(Learned.FIELDS)) {
        Learned fresh = new Learned();
        Judge judge = new Judge(odd, Duration.ofMinutes(1));
        EntityState state = EntityState.fresh("m-1", Learned.FIELDS);
        judge.judge(fresh.next(), state);
      }
      return true;
    } catch (ArithmeticException | IllegalArgumentException absurdWeights) {
      return true;
    } catch (UnreadableSnapshot refused) {
      assertThat(refused).hasMessageContaining("snapshot");
      return false;
    }
  }

  @Test
  void shouldRefuseToWriteMoreThanARecordHolds() {
    Provenance p = model.provenance();
    List<Provenance.Offset> many = new ArrayList<>();
    for (int i = 0; i < 60_000; i++) {
      many.add(new Provenance.Offset("topic", i, i));
    }
    Model large =
        new Model(
            model.id(),
            new InputLayout(Learned.FIELDS, model.layout().entity(), null),
            model.encoder(),
            model.patterns(),
            model.network(),
            model.calibration(),
            model.thresholdP(),
            new Provenance(p.trainedAt(), p.from(), p.to(), 1, 1, "vae", 3, many, p.figures()));

    assertThatThrownBy(() -> Snapshots.write(large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("may take 900000")
        .hasMessageContaining("input.ignore");
  }

  /** Later versions of Kelbo must read what format 1 wrote, and judge by it to the last bit. */
  @Test
  void shouldReadTheSnapshotOfFormatOne() throws IOException, UnreadableSnapshot {
    byte[] golden;
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(getClass().getResourceAsStream("/golden/snapshot-1.bin.gz")))) {
      golden = in.readAllBytes();
    }

    Model read = Snapshots.read(golden);

    assertThat(Snapshots.write(read)).containsExactly(golden);
    assertThat(read.layout().fields()).isEqualTo(Learned.FIELDS);
    assertThat(read.provenance().records()).isEqualTo(Learned.WARM_UP);
    assertThat(verdicts(read).get(Learned.WARM_UP + 4).verdict().surprisal())
        .isCloseTo(GOLDEN_SURPRISAL, within(1e-9));
  }
}
