package io.kelbo.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Feeds readers with broken forms of good inputs. An input is survived when it is read, or refused
 * in a way that ends in a dead letter; memory and time of each are bounded.
 *
 * <p>{@code main}: number of inputs, seed, and {@code --json}.
 */
public final class Fuzz {
  /** More than the largest good input takes by far; a lying length asks for up to 2 GB. */
  static final long MOST_BYTES = 64L << 20;

  private static final long MOST_NANOS = 10_000_000_000L;

  private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int[] ABSURD = {-1, 0, 1, 0x7f, 0x80, 0xff, 0x7fffffff, 0x80000000};

  /** What a reader made of an input. */
  public interface Reading {
    void read(byte[] input) throws Exception;
  }

  /**
   * One reader.
   *
   * @param good inputs that it reads
   * @param refusals what it may throw
   */
  public record Target(
      String name, List<byte[]> good, Reading reading, List<Class<? extends Exception>> refusals) {}

  /** How often a target read and refused, and the most that one input took. */
  record Tally(long read, long refused, long mostBytes, long mostNanos) {}

  private Fuzz() {}

  public static void main(String[] args) {
    long count = Long.parseLong(args[0]);
    long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
    long begun = System.nanoTime();
    Map<String, Tally> tallies = run(FuzzTargets.all(), count, seed);
    double seconds = (System.nanoTime() - begun) / 1e9;
    StringBuilder json = new StringBuilder();
    tallies.forEach(
        (name, t) ->
            json.append(json.isEmpty() ? "" : ", ")
                .append(
                    String.format(
                        Locale.ROOT,
                        "\"%s\": {\"read\": %d, \"refused\": %d, \"most_bytes\": %d, \"most_ms\": %.1f}",
                        name,
                        t.read(),
                        t.refused(),
                        t.mostBytes(),
                        t.mostNanos() / 1e6)));
    System.out.printf(
        Locale.ROOT,
        "{\"benchmark\": \"fuzz\", \"inputs\": %d, \"seed\": %d, \"seconds\": %.0f, \"targets\": {%s}}%n",
        tallies.values().stream().mapToLong(t -> t.read() + t.refused()).sum(),
        seed,
        seconds,
        json);
  }

  /** The same inputs for the same seed; {@code count} is of all targets together. */
  static Map<String, Tally> run(List<Target> targets, long count, long seed) {
    Map<String, Tally> tallies = new LinkedHashMap<>();
    for (Target target : targets) {
      tallies.put(target.name(), run(target, count / targets.size(), seed));
    }
    return tallies;
  }

  private static Tally run(Target target, long count, long seed) {
    Random random = new Random(seed);
    long[] read = {0, 0, 0, 0};
    for (long i = 0; i < count; i++) {
      byte[] input = mutated(target.good(), random);
      long bytes = MEMORY.getCurrentThreadAllocatedBytes();
      long begun = System.nanoTime();
      try {
        target.reading().read(input);
        read[0]++;
      } catch (Exception | StackOverflowError | OutOfMemoryError refused) {
        if (target.refusals().stream().noneMatch(kind -> kind.isInstance(refused))) {
          throw new AssertionError(said(target, i, seed, input, refused.toString()), refused);
        }
        read[1]++;
      }
      long nanos = System.nanoTime() - begun;
      bytes = MEMORY.getCurrentThreadAllocatedBytes() - bytes;
      if (bytes > MOST_BYTES || nanos > MOST_NANOS) {
        throw new AssertionError(
            said(target, i, seed, input, "%d bytes, %d ms".formatted(bytes, nanos / 1_000_000)));
      }
      read[2] = Math.max(read[2], bytes);
      read[3] = Math.max(read[3], nanos);
    }
    return new Tally(read[0], read[1], read[2], read[3]);
  }

  private static String said(Target target, long i, long seed, byte[] input, String what) {
    return "%s, input %d of seed %d: %s; it begins with %s"
        .formatted(
            target.name(),
            i,
            seed,
            what,
            HexFormat.of().formatHex(Arrays.copyOf(input, Math.min(input.length, 300))));
  }

  static byte[] mutated(List<byte[]> good, Random random) {
    byte[] bytes = good.get(random.nextInt(good.size())).clone();
    for (int times = 1 + random.nextInt(4); times > 0; times--) {
      bytes = bytes.length == 0 ? new byte[] {1} : once(bytes, good, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, List<byte[]> good, Random random) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(8)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) ABSURD[random.nextInt(ABSURD.length)];
      case 2 -> {
        int absurd = ABSURD[random.nextInt(ABSURD.length)];
        for (int i = 0; i < 4 && at + i < bytes.length; i++) {
          bytes[at + i] = (byte) (absurd >> (24 - 8 * i));
        }
      }
      case 3 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 4 -> {
        return joined(bytes, at, WORDS[random.nextInt(WORDS.length)]);
      }
      case 5 -> {
        return joined(bytes, at, Arrays.copyOfRange(bytes, at / 2, at));
      }
      case 6 -> {
        byte[] other = good.get(random.nextInt(good.size()));
        return joined(
            Arrays.copyOf(bytes, at),
            at,
            Arrays.copyOfRange(other, other.length / 2, other.length));
      }
      default -> random.nextBytes(bytes = bytes.length > 64 ? bytes : new byte[1 + at]);
    }
    return bytes;
  }

  /** Deep, huge, doubled and bad pieces of text, and Avro's lengths that lie. */
  private static final byte[][] WORDS = {
    "[".repeat(5_000).getBytes(UTF_8),
    "{\"a\":".repeat(3_000).getBytes(UTF_8),
    "9".repeat(5_000).getBytes(UTF_8),
    "1e999999999".getBytes(UTF_8),
    "-0.0e-999999999999".getBytes(UTF_8),
    "\"pressure\":1,\"pressure\":2,".getBytes(UTF_8),
    {(byte) 0xc0, (byte) 0x80, (byte) 0xed, (byte) 0xa0, (byte) 0x80, (byte) 0xff},
    {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f},
    {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f},
    "&a [*a, *a, *a]".getBytes(UTF_8),
    "\\ud800".getBytes(UTF_8),
    "${file:/etc/hostname}${env:HOME}".getBytes(UTF_8),
    "\n".getBytes(UTF_8)
  };

  private static byte[] joined(byte[] bytes, int at, byte[] piece) {
    byte[] joined = new byte[bytes.length + piece.length];
    System.arraycopy(bytes, 0, joined, 0, at);
    System.arraycopy(piece, 0, joined, at, piece.length);
    System.arraycopy(bytes, at, joined, at + piece.length, bytes.length - at);
    return joined.length > 1_000_000 ? Arrays.copyOf(joined, 1_000_000) : joined;
  }
}
