package io.kelbo.bench;

import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.kelbo.vae.Network;
import io.kelbo.vae.Workspace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/**
 * The same network in ONNX Runtime on one thread, without mask inputs (all fields are present, so
 * they add nothing): as its documentation shows it, and as fast as it goes.
 */
final class OnnxNetwork {
  private final OrtSession session;
  private final FloatBuffer input;
  private final FloatBuffer mean;
  private final FloatBuffer eta;
  private final Map<String, OnnxTensor> in;
  private final Map<String, OnnxTensor> out;

  OnnxNetwork(Network network) throws OrtException {
    int d = network.shape().inputs();
    int latent = network.shape().latent();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    session = environment.createSession(OnnxGraph.of(network).toByteArray(), options);
    input = floats(d);
    mean = floats(latent);
    FloatBuffer logVar = floats(latent);
    eta = floats(d);
    in = Map.of("x", OnnxTensor.createTensor(environment, input, new long[] {1, d}));
    out =
        Map.of(
            "mean", OnnxTensor.createTensor(environment, mean, new long[] {1, latent}),
            "logVar", OnnxTensor.createTensor(environment, logVar, new long[] {1, latent}),
            "eta", OnnxTensor.createTensor(environment, eta, new long[] {1, d}));
  }

  private static FloatBuffer floats(int n) {
    return ByteBuffer.allocateDirect(4 * n).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** As documented: a tensor made for the record, the outputs as arrays. */
  float[][] runAsUsual(float[][] x) throws OrtException {
    try (OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), x);
        OrtSession.Result result = session.run(Map.of("x", tensor))) {
      float[][] latents = (float[][]) result.get(0).getValue();
      float[][] outputs = (float[][]) result.get(2).getValue();
      return new float[][] {latents[0], outputs[0]};
    }
  }

  /** As fast as it goes: tensors made once, the outputs in place. */
  float run(double[] x) throws OrtException {
    for (int i = 0; i < x.length; i++) {
      input.put(i, (float) x[i]);
    }
    session.run(in, Set.of(), out).close();
    return eta.get(0);
  }

  /**
   * @throws IllegalStateException if it computes something else than our network on this row
   */
  void mustAgree(Network network, Workspace w) throws OrtException {
    run(w.input);
    network.encode(w);
    network.decode(w);
    double worst = 0;
    for (int l = 0; l < w.z.length; l++) {
      worst = Math.max(worst, Math.abs(w.z[l] - mean.get(l)));
    }
    for (int i = 0; i < w.eta.length; i++) {
      worst = Math.max(worst, Math.abs(w.eta[i] - eta.get(i)));
    }
    if (!(worst < 1e-4)) { // single precision over sums of a few dozen numbers near one
      throw new IllegalStateException("ONNX Runtime's outputs differ by up to " + worst);
    }
  }

  static OnnxMl.TensorProto tensor(String name, double[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      raw.putFloat((float) value);
    }
    OnnxMl.TensorProto.Builder tensor =
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
            .setRawData(com.google.protobuf.ByteString.copyFrom(raw.array()));
    for (long size : shape) {
      tensor.addDims(size);
    }
    return tensor.build();
  }
}
