package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.topology.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecurityPageTest {
  @Test
  void shouldListTheRightsThatTheCodeAsksFor() throws Exception {
    String page =
        Files.readString(Path.of(System.getProperty("kelbo.home", "."), "docs", "security.md"));
    String listed =
        page.substring(page.indexOf("<!-- rights -->"), page.indexOf("<!-- /rights -->"));

    List<String> commands =
        AccessRights.of(new Topics("kelbo", "plant.telemetry"), true).stream()
            .map(right -> right.command("User:kelbo"))
            .toList();

    // Print them anew: bin/kelbo topics --acls
    assertThat(listed.lines().filter(line -> line.startsWith("kafka-acls")).toList())
        .isEqualTo(commands);
  }
}
