package io.kelbo.cli;

import io.kelbo.JavaProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** Runs a command as a shell would. */
public record Shell(int code, String out, String err) {
  /** In this process. */
  public static Shell run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Kelbo.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int code = line.execute(arguments);
    return new Shell(code, out.toString(), err.toString());
  }

  /**
   * In a JVM of its own, as only such a one can be told to end by a signal; what it says on
   * standard error comes with its output.
   */
  static Process apart(String... arguments) throws IOException {
    return JavaProcess.of(
            List.of("-Xmx300m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            Kelbo.class,
            arguments)
        .redirectErrorStream(true)
        .start();
  }
}
