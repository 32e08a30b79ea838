package io.kelbo.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a release bears, where more than one file says it. */
class ReleaseTest {
  private static String only(String pattern, String file) throws IOException {
    Matcher found = Pattern.compile(pattern).matcher(Files.readString(Command.HOME.resolve(file)));
    assertThat(found.find()).as(file + " has no " + pattern).isTrue();
    return found.group(1);
  }

  @Test
  void shouldHaveOneVersionInBuildImageAndChart() throws Exception {
    // The first <version> of the file is the project's: it has no parent.
    String version = only("<version>([^<]+)</version>", "pom.xml");

    assertThat(only("(?m)^ARG VERSION=(\\S+)$", "docker/Dockerfile")).isEqualTo(version);
    assertThat(only("(?m)^appVersion: \"?([^\"\\s]+)", "helm/kelbo/Chart.yaml")).isEqualTo(version);
  }

  @Test
  void shouldLabelTheImageWithWhatRegistriesShow() throws Exception {
    String file = Files.readString(Command.HOME.resolve("docker/Dockerfile"));

    assertThat(file)
        .contains(
            "image.title=\"Kelbo\"",
            "image.description=",
            "image.licenses=\"Apache-2.0\"",
            "image.vendor=\"The Kelbo authors\"",
            "image.version=\"${VERSION}\"",
            "image.revision=\"${REVISION}\"",
            "image.created=\"${CREATED}\"",
            "image.source=\"${SOURCE}\"",
            "image.url=\"${SOURCE}\"",
            "image.documentation=\"${SOURCE}\"");
    assertThat(Files.readString(Command.HOME.resolve("NOTICE"))).contains("The Kelbo authors");
  }
}
