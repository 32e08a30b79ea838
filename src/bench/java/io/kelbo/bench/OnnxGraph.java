package io.kelbo.bench;

import ai.onnx.proto.OnnxMl;
import io.kelbo.vae.Network;
import io.kelbo.vae.Shape;
import java.util.Arrays;

/**
 * Our network as an ONNX model: {@code mean = x Ws + a Vm + bm}, {@code logVar = a Vl + bl}, {@code
 * a = silu(x U1 + c1)}; {@code eta = mean Wd + b V3 + b3}, {@code b = silu(mean U2 + c2)}. Reads
 * the parameters in the order that {@link Shape} documents.
 */
final class OnnxGraph {
  private static final int OPSET = 13;

  private final OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder().setName("vae");
  private final double[] parameters;
  private int at;

  private OnnxGraph(double[] parameters) {
    this.parameters = parameters;
  }

  static OnnxMl.ModelProto of(Network network) {
    Shape s = network.shape();
    int d = s.inputs();
    int latent = s.latent();
    int hidden = s.hidden();
    OnnxGraph g = new OnnxGraph(network.parameters());
    g.weights("Ws", d, latent);
    g.weights("bm", latent);
    g.weights("bl", latent);
    g.weights("Wd", latent, d);
    g.weights("b3", d);
    g.at += d; // ½ log ψ
    g.weights("U1", d, hidden);
    g.at += s.heads().size() * hidden; // of the masks, which are all 1
    g.weights("c1", hidden);
    g.weights("Vm", hidden, latent);
    g.weights("Vl", hidden, latent);
    g.weights("U2", latent, hidden);
    g.weights("c2", hidden);
    g.weights("V3", hidden, d);
    g.gemm("x", "U1", "c1", "a0");
    g.silu("a0", "a");
    g.gemm("x", "Ws", "bm", "mean0");
    g.gemm("a", "Vm", "mean0", "mean");
    g.gemm("a", "Vl", "bl", "logVar");
    g.gemm("mean", "U2", "c2", "b0");
    g.silu("b0", "b");
    g.gemm("mean", "Wd", "b3", "eta0");
    g.gemm("b", "V3", "eta0", "eta");
    g.graph.addInput(value("x", d));
    g.graph.addOutput(value("mean", latent));
    g.graph.addOutput(value("logVar", latent));
    g.graph.addOutput(value("eta", d));
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(7)
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(g.graph)
        .build();
  }

  private void weights(String name, int... shape) {
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    long[] dims = Arrays.stream(shape).asLongStream().toArray();
    graph.addInitializer(
        OnnxNetwork.tensor(name, Arrays.copyOfRange(parameters, at, at + size), dims));
    at += size;
  }

  private void gemm(String x, String w, String plus, String y) {
    graph.addNode(
        OnnxMl.NodeProto.newBuilder()
            .setOpType("Gemm")
            .addInput(x)
            .addInput(w)
            .addInput(plus)
            .addOutput(y));
  }

  private void silu(String x, String y) {
    graph.addNode(
        OnnxMl.NodeProto.newBuilder().setOpType("Sigmoid").addInput(x).addOutput(y + "s"));
    graph.addNode(
        OnnxMl.NodeProto.newBuilder().setOpType("Mul").addInput(x).addInput(y + "s").addOutput(y));
  }

  private static OnnxMl.ValueInfoProto value(String name, int size) {
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(
                    OnnxMl.TypeProto.Tensor.newBuilder()
                        .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                        .setShape(
                            OnnxMl.TensorShapeProto.newBuilder()
                                .addDim(dimension(1))
                                .addDim(dimension(size)))))
        .build();
  }

  private static OnnxMl.TensorShapeProto.Dimension dimension(int size) {
    return OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(size).build();
  }
}
