package io.kelbo.crooked.topology;

import io.kelbo.crooked.vae.Network;

/** Kafka that knows maths, and a getter. */
public final class Flow {
  private final Network network;

  public Flow(Network network) {
    this.network = network;
  }

  public Network getNetwork() {
    return network;
  }
}
