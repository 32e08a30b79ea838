package io.kelbo.bench;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.variational.GaussianReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** DL4J's VariationalAutoencoder layer with as many inputs, latents and hidden units as ours. */
final class Dl4jVae {
  private static final int HIDDEN = 32;

  private final MultiLayerNetwork network;
  private final org.deeplearning4j.nn.layers.variational.VariationalAutoencoder layer;
  private final INDArray one = Nd4j.create(1, Learned.FIELDS);
  private final INDArray[] batches;

  /**
   * @param rows (rows, fields), standardised
   */
  Dl4jVae(double[][] rows, int batch) {
    Nd4j.getMemoryManager().togglePeriodicGc(false); // whole collections would be all one measures
    network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-3))
                .list()
                .layer(
                    new VariationalAutoencoder.Builder()
                        .nIn(Learned.FIELDS)
                        .nOut(Learned.LATENTS)
                        .encoderLayerSizes(HIDDEN)
                        .decoderLayerSizes(HIDDEN)
                        .activation(Activation.SWISH)
                        .pzxActivationFunction(Activation.IDENTITY)
                        .reconstructionDistribution(
                            new GaussianReconstructionDistribution(Activation.IDENTITY))
                        .build())
                .build());
    network.init();
    layer = (org.deeplearning4j.nn.layers.variational.VariationalAutoencoder) network.getLayer(0);
    batches = new INDArray[rows.length / batch];
    for (int b = 0; b < batches.length; b++) {
      float[][] part = new float[batch][Learned.FIELDS];
      for (int i = 0; i < batch; i++) {
        for (int j = 0; j < Learned.FIELDS; j++) {
          part[i][j] = (float) rows[b * batch + i][j];
        }
      }
      batches[b] = Nd4j.createFromArray(part);
    }
  }

  /** One pass over the batches. Returns how many rows that was. */
  int epoch() {
    for (INDArray batch : batches) {
      network.pretrainLayer(0, batch);
    }
    return batches.length * (int) batches[0].size(0);
  }

  /** The log probability of one record, by one sample. */
  double score(double[] x) {
    for (int j = 0; j < x.length; j++) {
      one.putScalar(j, x[j]);
    }
    return layer.reconstructionLogProbability(one, 1).getDouble(0);
  }
}
