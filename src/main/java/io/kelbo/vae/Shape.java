package io.kelbo.vae;

import java.util.List;

/**
 * Sizes of a network and where each of its arrays stands in the one array of parameters.
 *
 * <p>With D inputs, H heads, L latents, h hidden units (0: the linear path alone); {@link Tower}
 * has what lies between {@code a}, {@code b} and the first layer's where a branch has more than
 * one:
 *
 * <pre>
 * encode  u = [x m, m - 1] (D + H)   a = silu(u U1 + c1)   mean = (x m) Ws + a Vm + bm   logVar = a Vl + bl
 * decode  b = silu(z U2 + c2)        eta = z Wd + b V3 + b3
 * </pre>
 *
 * @param heads in order, without gaps
 * @param hidden units of each hidden layer
 * @param layers how many hidden layers each branch has, 1 to {@value #MOST_LAYERS}; 1 where there
 *     are no hidden units
 */
public record Shape(List<Head> heads, int latent, int hidden, int layers) {
  /** More were never of use to tables this small. */
  public static final int MOST_LAYERS = 4;

  private static final int MOST_UNITS = 10_000; // so that the parameters' number fits an int

  /** With branches of one hidden layer. */
  public Shape(List<Head> heads, int latent, int hidden) {
    this(heads, latent, hidden, 1);
  }

  public Shape {
    heads = List.copyOf(heads);
    if (heads.isEmpty()) {
      throw new IllegalArgumentException("a network needs at least one head");
    }
    int at = 0;
    for (Head head : heads) {
      if (head.at() != at) {
        throw new IllegalArgumentException(
            "head at %d should stand at %d: heads leave no gaps".formatted(head.at(), at));
      }
      at += head.width();
    }
    if (latent < 1 || hidden < 0) {
      throw new IllegalArgumentException(
          "a network needs at least 1 latent and 0 hidden units, not %d and %d"
              .formatted(latent, hidden));
    }
    if (layers < 1 || layers > (hidden == 0 ? 1 : MOST_LAYERS)) {
      throw new IllegalArgumentException(
          "a branch of %d hidden units has %d layers but may have 1 to %d"
              .formatted(hidden, layers, hidden == 0 ? 1 : MOST_LAYERS));
    }
    if (latent > MOST_UNITS || hidden > MOST_UNITS || at > MOST_UNITS) {
      throw new IllegalArgumentException(
          "%d inputs, %d latents and %d hidden units are more than %d"
              .formatted(at, latent, hidden, MOST_UNITS));
    }
  }

  /** D: numbers in and out. */
  public int inputs() {
    Head last = heads.get(heads.size() - 1);
    return last.at() + last.width();
  }

  int encodeSkip() {
    return 0; // Ws (D, L)
  }

  int encodeBias() {
    return inputs() * latent; // bm (L)
  }

  int logVarBias() {
    return encodeBias() + latent; // bl (L)
  }

  int decodeSkip() {
    return logVarBias() + latent; // Wd (L, D)
  }

  int decodeBias() {
    return decodeSkip() + latent * inputs(); // b3 (D)
  }

  int logSd() {
    return decodeBias() + inputs(); // ½ log psi (D)
  }

  int encodeHidden() {
    return logSd() + inputs(); // U1 (D + H, h)
  }

  int encodeHiddenBias() {
    return encodeHidden() + (inputs() + heads.size()) * hidden; // c1 (h)
  }

  int meanHead() {
    return encodeHiddenBias() + hidden; // Vm (h, L)
  }

  int logVarHead() {
    return meanHead() + hidden * latent; // Vl (h, L)
  }

  int decodeHidden() {
    return logVarHead() + hidden * latent; // U2 (L, h)
  }

  int decodeHiddenBias() {
    return decodeHidden() + latent * hidden; // c2 (h)
  }

  int outputHead() {
    return decodeHiddenBias() + hidden; // V3 (h, D)
  }

  int encodeTower() {
    return outputHead() + hidden * inputs(); // Q (h, h) and q (h) of each further layer
  }

  int decodeTower() {
    return encodeTower() + tower();
  }

  private int tower() {
    return (layers - 1) * towerLayer();
  }

  /** How many parameters a further layer has: Q, then q. */
  int towerLayer() {
    return hidden * hidden + hidden;
  }

  /** How many parameters there are. */
  public int parameters() {
    return decodeTower() + tower();
  }
}
