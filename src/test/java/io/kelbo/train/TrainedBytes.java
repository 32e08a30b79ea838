package io.kelbo.train;

import io.kelbo.model.Model;
import io.kelbo.model.Snapshots;
import io.kelbo.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Prints, in a JVM of its own, digests of models it trains and of the verdicts they give. */
final class TrainedBytes {
  private TrainedBytes() {}

  public static void main(String[] arguments) throws Exception {
    print("plant", Streams.plant(1200, 5, 21));
    print("beats", Streams.beats(1200, 21));
    Model curved = Sampled.model(Sampled.train(Sampled.runs(1, 5200, 1, Sampled::curve), null));
    System.out.println(curved.provenance().method() + " " + digest(Snapshots.write(curved)));
  }

  private static void print(String name, double[][] x) throws Exception {
    Model model = Streams.model(x, 900);
    StringBuilder verdicts = new StringBuilder();
    for (Verdict verdict : Streams.verdicts(model, x, x.length)) {
      verdicts.append(verdict).append('\n');
    }
    System.out.println(name + " " + digest(Snapshots.write(model)));
    System.out.println("verdicts " + digest(verdicts.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static String digest(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
