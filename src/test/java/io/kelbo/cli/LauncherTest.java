package io.kelbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/kelbo} in a folder of its own, with a Java and a Maven that only say what they do. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
  private final Path home;

  LauncherTest(@TempDir Path home) {
    this.home = home;
  }

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void layOut() throws IOException {
    Path script = Path.of(System.getProperty("kelbo.home", "."), "bin", "kelbo");
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("src/main"));
    executable("bin/kelbo", Files.readString(script));
    java("17.0.1");
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    executable(
        "mvnw",
        "#!/bin/sh\nsleep 0.5\necho \"$@\" >> builds\nmkdir -p target/lib\n"
            + "touch target/kelbo-1.jar\n");
  }

  private void java(String version) throws IOException {
    executable("jdk/bin/java", "#!/bin/sh\necho \"$@\"\n");
    Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
  }

  private void executable(String name, String content) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process begin(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/kelbo").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    builder.environment().remove("KELBO_OPTS");
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Ended end(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), out, err);
  }

  private Ended run(String... arguments) throws IOException, InterruptedException {
    return end(begin(Map.of(), arguments));
  }

  private long builds() throws IOException {
    Path builds = home.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  @Test
  void shouldBuildOnFirstUseAndNotAgain() throws Exception {
    Ended first = run("--version");
    Ended second = run("--version");

    assertThat(first.code()).isZero();
    assertThat(first.err()).contains("kelbo: building");
    assertThat(first.out()).contains("kelbo-1.jar --version");
    assertThat(second.err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void shouldBuildOnceWhenTwoBeginAtOnce() throws Exception {
    Process one = begin(Map.of(), "status");
    Process other = begin(Map.of(), "status");

    assertThat(end(one).code()).isZero();
    assertThat(end(other).code()).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void shouldBuildAgainWhenASourceIsNewer() throws Exception {
    run("--version");
    Path source = Files.writeString(home.resolve("src/main/A.java"), "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    run("--version");

    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void shouldSayThatTheBuildFailed() throws Exception {
    executable("mvnw", "#!/bin/sh\necho 'cannot find symbol'\nexit 1\n");

    Ended ended = run("--version");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("cannot find symbol", "kelbo: the build failed");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void shouldPickTheFlagsForTheCommand() throws Exception {
    assertThat(run("status", "--config", "run.yaml").out())
        .contains("-XX:TieredStopAtLevel=1", "status --config run.yaml")
        .doesNotContain("ExitOnOutOfMemoryError");
    assertThat(run("--debug", "run").out())
        .doesNotContain("TieredStopAtLevel")
        .contains("-XX:+ExitOnOutOfMemoryError");
    assertThat(run("backtest", "a b.csv").out()).doesNotContain("TieredStopAtLevel");
    assertThat(end(begin(Map.of("KELBO_OPTS", "-Xmx1g -Xms1g"), "run")).out())
        .contains("-Xmx1g -Xms1g -jar");
    java("25.0.1");
    assertThat(run("run").out()).contains("--enable-native-access=ALL-UNNAMED");
  }

  @Test
  void shouldSayWhichJavaItNeeds() throws Exception {
    java("11.0.2");

    assertThat(run("--version").err()).contains("is Java 11 but must be 17 or newer");
    assertThat(end(begin(Map.of("JAVA_HOME", "/no/such/jdk"), "--version")).err())
        .contains("JAVA_HOME is '/no/such/jdk' but has no bin/java");
  }
}
