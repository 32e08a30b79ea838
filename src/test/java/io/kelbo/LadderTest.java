package io.kelbo;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps the ladder of packages, and shows on a crooked one that it can be broken. */
class LadderTest {
  private static final Path SOURCES =
      Path.of(System.getProperty("kelbo.home", "."), "src", "main", "java");
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(place -> !place.contains("/test-classes"))
          .importPackages("io.kelbo");
  private static final JavaClasses CROOKED =
      new ClassFileImporter().importPackages("io.kelbo.crooked");

  @Test
  void shouldClimbTheLadderOnly() {
    assertThat(OURS).isNotEmpty();
    assertThat(new Ladder("io.kelbo").broken(OURS)).isEmpty();
  }

  @Test
  void shouldHaveNoCycleOfPackages() {
    slices().matching("io.kelbo.(*)..").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void shouldExplainEachPackageInOneSentence() {
    assertThat(SourceFiles.unexplained(SOURCES)).isEmpty();
  }

  @Test
  void shouldKeepFilesShort() {
    assertThat(SourceFiles.tooLong(SOURCES)).isEmpty();
    assertThat(SourceFiles.tooLong(SOURCES.resolve("../../test/java").normalize())).isEmpty();
  }

  @Test
  void shouldNoticeEachWayToBreakTheLadder() {
    assertThat(new Ladder("io.kelbo.crooked").broken(CROOKED))
        .containsExactly(
            "io.kelbo.crooked.attic.AbstractThing has a name that says nothing",
            "io.kelbo.crooked.attic.AbstractThing lies in 'attic', which has no rung",
            "io.kelbo.crooked.topology.Flow imports io.kelbo.crooked.vae.Network: topology may"
                + " import context, format, model, observe, record, sample, train only",
            "io.kelbo.crooked.topology.Flow.getNetwork() has a get-prefix",
            "io.kelbo.crooked.util.Things lies in 'util', which has no rung",
            "io.kelbo.crooked.util.Things lies in a package called 'util'",
            "io.kelbo.crooked.vae.Network imports io.kelbo.crooked.topology.Flow: vae may import"
                + " kernel only",
            "io.kelbo.crooked.vae.Network imports org.apache.kafka.common.TopicPartition:"
                + " org.apache.kafka belongs in broker, cli, demo, service, topology only");
  }

  @Test
  void shouldNoticeACycleOfPackages() {
    assertThat(
            slices()
                .matching("io.kelbo.crooked.(*)..")
                .should()
                .beFreeOfCycles()
                .evaluate(CROOKED)
                .hasViolation())
        .isTrue();
  }

  @Test
  void shouldNoticeLongFilesAndUnexplainedPackages(@TempDir Path folder) throws IOException {
    Path mute = Files.createDirectories(folder.resolve("mute"));
    Path wordy = Files.createDirectories(folder.resolve("wordy"));
    Path well = Files.createDirectories(folder.resolve("well"));
    Files.write(mute.resolve("Long.java"), Collections.nCopies(SourceFiles.LONGEST + 1, "//"));
    Files.writeString(
        wordy.resolve("package-info.java"), "/** One. And two. */\n@NullMarked\npackage wordy;\n");
    Files.writeString(
        well.resolve("package-info.java"),
        "/**\n * One, over\n * two lines.\n */\n@NullMarked\npackage well;\n");

    assertThat(SourceFiles.unexplained(folder)).containsExactly("mute", "wordy");
    assertThat(SourceFiles.tooLong(folder)).containsExactly("mute/Long.java has 251 lines");
  }
}
