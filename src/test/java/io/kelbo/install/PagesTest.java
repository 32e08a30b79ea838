package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.broker.EmbeddedBroker;
import io.kelbo.broker.KafkaTool;
import io.kelbo.cli.Shell;
import io.kelbo.service.Service;
import io.kelbo.service.SettingsReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Does what the pages say: their commands, one after the other, on a broker with a service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Commands that are not run here, by how they begin, and where they are, or why nowhere. */
  private static final Map<String, String> ELSEWHERE = new LinkedHashMap<>();

  static {
    ELSEWHERE.put("bin/kelbo demo", "DemoTest");
    ELSEWHERE.put("bin/kelbo broker", "BrokerRunTest");
    ELSEWHERE.put("bin/kelbo explore", "ExploreCommandTest, with a smaller table");
    ELSEWHERE.put("bin/kelbo run", "CommandsTest runs it as a process, here it runs inside");
    ELSEWHERE.put("./mvnw", "this build itself");
    ELSEWHERE.put(".ci/run", "this build itself");
    ELSEWHERE.put(".ci/image", "ImageTest");
    ELSEWHERE.put(".ci/compose", "takes four minutes and the ports of the file");
    ELSEWHERE.put(
        "bin/bench",
        "a bench takes minutes; MentionedCommandsTest holds their names against the benches");
    ELSEWHERE.put("helm/package", "ChartTest");
    ELSEWHERE.put("helm install", "ClusterPagesTest, by Helm on an API server");
    ELSEWHERE.put("helm test", "HelmTestPodTest, by Helm on an API server");
    ELSEWHERE.put("kubectl exec", "ClusterPagesTest holds its words against the rendered chart");
    ELSEWHERE.put("docker exec", "ImageTest, with podman");
    ELSEWHERE.put("docker compose", "no registry has the images here; ComposeTest, .ci/compose");
    ELSEWHERE.put("docker build", "ImageTest, with podman");
    ELSEWHERE.put("docker run", "ImageTest, with podman");
    ELSEWHERE.put("kafka-acls", "SecurityPageTest, on a broker with ACLs");
  }

  @TempDir private static Path folder;
  private EmbeddedBroker broker;
  private Service service;
  private Map<String, String> places;

  @BeforeAll
  void begin() throws Exception {
    broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    int port = freePort();
    Path config = folder.resolve("kelbo.yaml");
    places = new LinkedHashMap<>();
    places.put("localhost:9092", broker.bootstrap());
    places.put("127.0.0.1:8080", "127.0.0.1:" + port);
    places.put("docs/pictures/pumps.awk", Command.HOME.resolve("docs/pictures/pumps.awk") + "");
    // The service's own configuration has other ports, and stays.
    places.put("> kelbo.yaml", "> shown.yaml");
    places.put("STATE_DIR", folder.resolve("state").toString());
    places.put("BROKER", broker.bootstrap());
    places.put("--broker-id N", "--broker-id 1");
    places.put("--partition P", "--partition 0");
    places.put("NAME", "kelbo");
    places.put("TOPIC", "plant.telemetry");

    Files.writeString(
        config,
        """
        kafka: { bootstrap.servers: "%s" }
        input: { topic: plant.telemetry, from: earliest }
        warmup: { records: 150, time: PT1M }
        http: { port: %d }
        state: { dir: "%s" }
        """
            .formatted(broker.bootstrap(), port, folder.resolve("state")));
    // As long as it takes: a busy machine feeds less in the same time.
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> fed(), records -> records >= 200);
    service = Service.start(new SettingsReader().read(config));
    Shell ready = kelbo("bin/kelbo health --within PT2M --config kelbo.yaml");
    assertThat(ready.code()).as(ready.out()).isZero();
    // The table that the page on filling has in mind.
    Files.writeString(folder.resolve("table.csv"), "a,b,mode\n" + rows());
  }

  /** Feeds for two seconds; how many records there are now. */
  private long fed() throws IOException {
    Shell shell = kelbo("bin/kelbo simulate --bootstrap localhost:9092 --rate 1000 --for PT2S");
    assertThat(shell.code()).as(shell.err()).isZero();
    Shell status = kelbo("bin/kelbo status --json --config kelbo.yaml");
    return new ObjectMapper().readTree(status.out()).path("records_at_most").asLong();
  }

  private static String rows() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      String b = i % 20 == 3 ? "" : Integer.toString(2 * (i % 17) + i % 3);
      rows.append(i % 17).append(',').append(b).append(i % 2 == 0 ? ",full\n" : ",eco\n");
    }
    return rows.toString();
  }

  @AfterAll
  void end() {
    if (service != null) {
      service.close();
    }
    broker.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private String here(String words) {
    String here = words;
    for (Map.Entry<String, String> place : places.entrySet()) {
      here = here.replace(place.getKey(), place.getValue());
    }
    return here;
  }

  /** In this process. Files of one word lie in the test's folder. */
  private Shell kelbo(String words) {
    List<String> arguments = new ArrayList<>();
    for (String word : PageCommands.parted(here(words))) {
      boolean file = word.matches("[a-z]+\\.(yaml|csv)");
      arguments.add(file ? folder.resolve(word).toString() : word);
    }
    if (words.contains(" replay ")) {
      arguments.addAll(List.of("--config", folder.resolve("kelbo.yaml").toString()));
    }
    return Shell.run(arguments.subList(1, arguments.size()).toArray(String[]::new));
  }

  @TestFactory
  Stream<DynamicTest> shouldDoEachCommandThatThePagesShow() throws Exception {
    Map<String, PageCommands> distinct = new LinkedHashMap<>();
    PageCommands.shown().forEach(command -> distinct.putIfAbsent(command.words(), command));
    PageCommands.mentioned("kcat").stream()
        .filter(command -> command.words().contains(" -b "))
        .forEach(command -> distinct.putIfAbsent(command.words(), command));
    assertThat(distinct).hasSizeGreaterThan(40);
    return distinct.values().stream()
        .filter(command -> ELSEWHERE.keySet().stream().noneMatch(command.words()::startsWith))
        .map(command -> DynamicTest.dynamicTest(command.where(), () -> run(command)));
  }

  private void run(PageCommands command) throws Exception {
    if (command.words().startsWith("bin/kelbo ")) {
      // Without an end of its own it would feed for ever.
      boolean endless = command.words().contains(" simulate ");
      Shell shell = kelbo(command.words() + (endless ? " --for PT1S" : ""));
      assertThat(shell.code()).as(shell.out() + shell.err()).isZero();
      return;
    }
    String program = PageCommands.parted(command.words()).get(0);
    if (KafkaTool.is(program)) {
      KafkaTool ended = KafkaTool.run(PageCommands.parted(here(command.words())));
      assertThat(ended.code()).as(ended.said()).isZero();
    } else {
      Command found = Command.run(PATIENCE, "sh", "-c", "command -v " + program);
      assumeTrue(found.code() == 0, program + " is missing");
      // A reader that follows a topic is ended by its end.
      boolean follows = program.equals("kcat") && !command.words().matches(".* -[ec]\\b.*");
      String words = here(command.words()) + (follows ? " -e" : "");
      Command ended =
          Command.run(
              PATIENCE, "bash", "-ec", "set -o pipefail; cd '%s'; %s".formatted(folder, words));
      assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
      if (words.endsWith("> shown.yaml")) {
        assertThat(new SettingsReader().read(folder.resolve("shown.yaml")).input().topic())
            .hasToString("plant.telemetry");
      }
    }
  }

  @Test
  void shouldNotRunOnlyWhatIsTestedElsewhereOrCannotBe() throws Exception {
    Set<String> shown =
        PageCommands.shown().stream().map(PageCommands::words).collect(Collectors.toSet());
    Set<String> tests;
    try (Stream<Path> files = Files.walk(Command.HOME.resolve("src/test/java"))) {
      tests =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith("Test.java"))
              .map(file -> file.replace(".java", ""))
              .collect(Collectors.toCollection(TreeSet::new));
    }

    ELSEWHERE.forEach(
        (beginning, where) -> {
          assertThat(shown).anyMatch(words -> words.startsWith(beginning));
          Stream.of(where.split("\\W+"))
              .filter(word -> word.matches("[A-Z]\\w+Test"))
              .forEach(test -> assertThat(tests).contains(test));
        });
  }
}
