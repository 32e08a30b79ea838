package io.kelbo.score;

import io.kelbo.encode.Channel;
import io.kelbo.encode.Encoder;
import io.kelbo.vae.Head;
import io.kelbo.vae.Likelihood;
import java.util.List;

/** The network's heads for an encoder's channels: one each, in order. */
public final class NetworkHeads {
  private NetworkHeads() {}

  public static List<Head> of(Encoder encoder) {
    return encoder.channels().stream()
        .map(channel -> new Head(likelihood(channel.kind()), channel.at(), channel.width()))
        .toList();
  }

  private static Likelihood likelihood(Channel.Kind kind) {
    return switch (kind) {
      case NUMBER -> Likelihood.GAUSSIAN;
      case COUNT -> Likelihood.POISSON;
      case FLAG -> Likelihood.BERNOULLI;
      case CATEGORY -> Likelihood.CATEGORICAL;
    };
  }
}
