package io.kelbo.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How much a request may send before it is answered. In a process of its own: the JDK's server
 * reads its limits once, whoever starts one first.
 */
class HttpLimitsTest {
  private static final int MOST_HEADERS = 50;
  private static final int MOST_BYTES = 16_384;

  /** Serves until its input ends; says at which port. */
  public static void main(String[] args) throws IOException {
    try (HttpEndpoints http = HttpGuardTest.open(new Settings.Http("127.0.0.1", 0))) {
      System.out.println("port " + http.port());
      while (System.in.read() >= 0) {
        // what is said is of no interest
      }
    }
  }

  @Test
  void shouldRefuseMoreHeadersThanFiftyAndLongerOnesThanSixteenKilobytes() throws Exception {
    Process server = JavaProcess.of(List.of(), HttpLimitsTest.class).start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(server.getInputStream(), US_ASCII))) {
      String line = said.readLine();
      while (!line.startsWith("port ")) {
        line = said.readLine();
      }
      int port = Integer.parseInt(line.substring("port ".length()));

      assertThat(answer(port, headers(MOST_HEADERS - 10, 1))).startsWith("HTTP/1.1 200");
      assertThat(answer(port, headers(1, MOST_BYTES - 1_000))).startsWith("HTTP/1.1 200");
      assertThat(answer(port, headers(MOST_HEADERS + 1, 1))).isIn("", "HTTP/1.1 400 Bad Request");
      assertThat(answer(port, headers(1, MOST_BYTES + 1))).isIn("", "HTTP/1.1 400 Bad Request");
      assertThat(answer(port, headers(1, 1))).startsWith("HTTP/1.1 200");
    } finally {
      server.destroyForcibly();
    }
  }

  private static String headers(int count, int length) {
    return IntStream.range(0, count)
        .mapToObj(i -> "X-" + i + ": " + "a".repeat(length) + "\r\n")
        .collect(Collectors.joining());
  }

  /** The first line of what comes back; empty where the connection is closed. */
  private static String answer(int port, String headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "GET /health/live HTTP/1.1\r\nHost: kelbo\r\n%s\r\n".formatted(headers);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      String line =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
      return line == null ? "" : line.strip();
    } catch (SocketException cut) {
      return "";
    }
  }
}
