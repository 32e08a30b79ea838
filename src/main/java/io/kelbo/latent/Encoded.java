package io.kelbo.latent;

import io.kelbo.encode.Encoder;
import io.kelbo.encode.EncoderLearning;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.score.NetworkHeads;
import io.kelbo.vae.Head;
import io.kelbo.vae.LinearStart;
import io.kelbo.vae.Rows;
import io.kelbo.vae.Shape;
import io.kelbo.vae.Workspace;
import java.util.List;

/**
 * A table as a network reads it.
 *
 * @param fixed (D) places that never changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never written
record Encoded(Encoder encoder, List<Head> heads, Rows rows, boolean[] fixed) {

  static Encoded of(Fields fields, List<Observation> rows) {
    double[] none = LatentSpace.unknown(fields);
    Encoder encoder =
        EncoderLearning.learn(fields, rows, rows.stream().map(row -> none).toList(), false);
    List<Head> heads = NetworkHeads.of(encoder);
    boolean[] constant = new boolean[encoder.inputs()];
    encoder.channels().stream().filter(c -> c.constant()).forEach(c -> constant[c.at()] = true);
    Rows encoded = new Rows();
    Workspace w = new Workspace(new Shape(heads, 1, 0));
    for (Observation row : rows) {
      encoder.encode(row, none, w.input, w.target, w.mask);
      encoded.add(w);
    }
    return new Encoded(encoder, heads, encoded, constant);
  }

  /** The same table with only these rows. */
  Encoded select(int[] places) {
    return new Encoded(encoder, heads, rows.select(places), fixed);
  }

  /** Factor analysis with at most so many latents: no more than there are quantities. */
  LinearStart.Fitted start(int latents) {
    return LinearStart.fit(heads, rows, latents, fixed);
  }
}
