package io.kelbo.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.tools.AclCommand;
import org.apache.kafka.tools.TransactionsCommand;
import org.apache.kafka.tools.consumer.group.ConsumerGroupCommand;

/** One of Kafka's own tools, run to its end in this JVM, as the script of its name does. */
public record KafkaTool(int code, String said) {
  /** What a tool does, as its main method. */
  private interface Main {
    void run(String[] arguments) throws Exception;
  }

  private static final Map<String, Main> MAINS =
      Map.of(
          "kafka-acls", AclCommand::main,
          "kafka-consumer-groups", ConsumerGroupCommand::main,
          "kafka-transactions", TransactionsCommand::main);

  private static final class Ended extends RuntimeException {
    private final int code;

    Ended(int code) {
      super("ended with " + code, null, false, false);
      this.code = code;
    }
  }

  /** Whether a program, with or without {@code .sh}, is one that can be run. */
  public static boolean is(String program) {
    return MAINS.containsKey(named(program));
  }

  /** Runs the words of a command line; not for two threads at once, as it has standard output. */
  public static KafkaTool run(List<String> words) throws Exception {
    Main main = MAINS.get(named(words.get(0)));
    if (main == null) {
      throw new IllegalArgumentException(
          "'%s' is none of %s".formatted(words.get(0), MAINS.keySet()));
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    int code = 0;
    try (PrintStream into = new PrintStream(said, true, UTF_8)) {
      System.setOut(into);
      System.setErr(into);
      Exit.setExitProcedure(
          (status, message) -> {
            throw new Ended(status);
          });
      main.run(words.subList(1, words.size()).toArray(String[]::new));
    } catch (Ended ended) {
      code = ended.code;
    } finally {
      Exit.resetExitProcedure();
      System.setOut(out);
      System.setErr(err);
    }
    return new KafkaTool(code, said.toString(UTF_8));
  }

  private static String named(String program) {
    return program.replaceFirst("\\.sh$", "");
  }
}
