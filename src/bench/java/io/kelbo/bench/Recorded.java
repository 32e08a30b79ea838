package io.kelbo.bench;

import ai.onnxruntime.OrtException;
import com.amazon.randomcutforest.RandomCutForest;
import io.kelbo.vae.Workspace;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One record of 38 quantities a call, by each of us. */
public class Recorded {
  private static final int TREES = 50;

  /** Ours. */
  @State(Scope.Thread)
  public static class Kelbo {
    private Learned learned;

    @Setup
    public void learn() {
      learned = new Learned();
    }
  }

  /** Our network in ONNX Runtime. */
  @State(Scope.Thread)
  public static class Onnx {
    private OnnxNetwork network;
    private double[][] rows;
    private float[][][] singles;
    private int next;

    @Setup
    public void load() throws OrtException {
      Learned learned = new Learned();
      network = new OnnxNetwork(learned.network);
      rows = new double[learned.rows.size()][];
      singles = new float[rows.length][1][Learned.FIELDS];
      Workspace w = new Workspace(learned.network.shape());
      for (int i = 0; i < rows.length; i++) {
        learned.rows.load(i, w);
        rows[i] = w.input.clone();
        for (int j = 0; j < Learned.FIELDS; j++) {
          singles[i][0][j] = (float) w.input[j];
        }
        network.mustAgree(learned.network, w);
      }
    }
  }

  /** DL4J's autoencoder, not trained: its speed does not depend on it. */
  @State(Scope.Thread)
  public static class Dl4j {
    private Dl4jVae vae;
    private double[][] rows;
    private int next;

    @Setup
    public void build() {
      rows = Made.numbers(3000, Learned.FIELDS, 1);
      vae = new Dl4jVae(rows, 64);
    }
  }

  /** A forest that has seen 3,000 records. */
  @State(Scope.Thread)
  public static class Forest {
    private RandomCutForest forest;
    private float[][] rows;
    private int next;

    @Setup
    public void grow() {
      double[][] numbers = Made.numbers(3000, Learned.FIELDS, 1);
      rows = new float[numbers.length][Learned.FIELDS];
      forest =
          RandomCutForest.builder()
              .dimensions(Learned.FIELDS)
              .numberOfTrees(TREES)
              .parallelExecutionEnabled(false)
              .randomSeed(1)
              .build();
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < Learned.FIELDS; j++) {
          rows[i][j] = (float) numbers[i][j];
        }
        forest.update(rows[i]);
      }
    }
  }

  @Benchmark
  public boolean kelbo(Kelbo ours) {
    return ours.learned.decide();
  }

  @Benchmark
  public float[][] onnxruntime(Onnx peer) throws OrtException {
    peer.next = (peer.next + 1) % peer.singles.length;
    return peer.network.runAsUsual(peer.singles[peer.next]);
  }

  @Benchmark
  public float onnxruntime_pinned(Onnx peer) throws OrtException {
    peer.next = (peer.next + 1) % peer.rows.length;
    return peer.network.run(peer.rows[peer.next]);
  }

  @Benchmark
  public double dl4j(Dl4j peer) {
    peer.next = (peer.next + 1) % peer.rows.length;
    return peer.vae.score(peer.rows[peer.next]);
  }

  @Benchmark
  public double rcf(Forest peer) {
    peer.next = (peer.next + 1) % peer.rows.length;
    double score = peer.forest.getAnomalyScore(peer.rows[peer.next]);
    peer.forest.update(peer.rows[peer.next]);
    return score;
  }
}
