package io.kelbo.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network line to a port of this machine that can be cut. While it is cut, what was connected is
 * connected no more, and whoever calls is hung up on.
 */
public final class Line implements AutoCloseable {
  private final ServerSocket door;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  private Line(ServerSocket door, int target) {
    this.door = door;
    this.target = target;
  }

  public static Line to(int target) throws IOException {
    Line line = new Line(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
    daemon(line::answer);
    return line;
  }

  /** Where callers call. */
  public int port() {
    return door.getLocalPort();
  }

  /** How many connections there are, both ends counted. */
  public int ends() {
    return sockets.size();
  }

  public void cut() {
    cut = true;
    sockets.forEach(Line::hangUp);
  }

  public void heal() {
    cut = false;
  }

  private void answer() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        if (cut) {
          hangUp(caller);
        } else {
          connect(caller);
        }
      } catch (IOException closedOrRefused) {
        // The door was closed, or the node is down: the caller finds nobody, which is the point.
        continue;
      }
    }
  }

  private void connect(Socket caller) throws IOException {
    Socket called;
    try {
      called = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException down) {
      hangUp(caller);
      throw down;
    }
    sockets.add(caller);
    sockets.add(called);
    if (cut) {
      cut();
    }
    daemon(() -> carry(caller, called));
    daemon(() -> carry(called, caller));
  }

  private void carry(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException ended) {
      // Either end hung up, or the line was cut: both ends learn of it below.
      hangUp(to);
    } finally {
      hangUp(from);
      hangUp(to);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void hangUp(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      throw new IllegalStateException("a socket cannot be closed", gone);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "line");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
