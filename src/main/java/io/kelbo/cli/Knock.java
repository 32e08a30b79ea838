package io.kelbo.cli;

import io.kelbo.service.Settings;
import io.kelbo.service.Unreachable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Whether anything listens where Kafka is said to be. Says nothing of what it is. */
final class Knock {
  private static final int KNOCK_MILLIS = 3_000;

  private Knock() {}

  /** Kafka's client says for 12 seconds that it tries; an open port is known at once. */
  static void at(Settings settings) {
    List<String> reasons = new ArrayList<>();
    IOException last = new IOException("no server is named");
    for (String server : Cluster.bootstrap(settings).split(",")) {
      int colon = server.lastIndexOf(':');
      String host = server.substring(0, colon).strip().replaceAll("^\\[|]$", "");
      int port = Integer.parseInt(server.substring(colon + 1).strip());
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(host, port), KNOCK_MILLIS);
        return;
      } catch (UnknownHostException unknown) {
        reasons.add("unknown host");
        last = unknown;
      } catch (IOException closed) {
        reasons.add(String.valueOf(closed.getMessage()));
        last = closed;
      }
    }
    throw new Unreachable(
        "kafka.bootstrap.servers is '%s' but nothing listens there (%s). Start Kafka, or correct the address."
            .formatted(Cluster.bootstrap(settings), String.join("; ", reasons)),
        last);
  }
}
