package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.kelbo.broker.KafkaTool;
import io.kelbo.topology.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityPageTest {
  private static final String USER = "User:kelbo";
  private static final List<AccessRight> RIGHTS =
      AccessRights.of(new Topics("kelbo", "plant.telemetry"), true);

  private static List<String> listed() throws Exception {
    String page =
        Files.readString(Path.of(System.getProperty("kelbo.home", "."), "docs", "security.md"));
    return page.substring(page.indexOf("<!-- rights -->"), page.indexOf("<!-- /rights -->"))
        .lines()
        .filter(line -> line.startsWith("kafka-acls"))
        .toList();
  }

  @Test
  void shouldListTheRightsThatTheCodeAsksFor() throws Exception {
    List<String> commands = RIGHTS.stream().map(right -> right.command(USER)).toList();

    // Print them anew: bin/kelbo topics --acls
    assertThat(listed()).isEqualTo(commands);
  }

  @Test
  void shouldGrantThemByKafkasOwnTool(@TempDir Path folder) throws Exception {
    Set<AclBinding> asked = new HashSet<>();
    RIGHTS.forEach(right -> asked.addAll(right.bindings(USER)));
    try (GuardedCluster cluster = new GuardedCluster(folder)) {
      for (String line : listed()) {
        List<String> words = new ArrayList<>(List.of(line.replace("'", "").split(" ")));
        words.addAll(List.of("--bootstrap-server", cluster.plainBootstrap()));

        KafkaTool granted = KafkaTool.run(words);

        assertThat(granted.code()).as(line + granted.said()).isZero();
      }

      assertThat(cluster.admin().describeAcls(AclBindingFilter.ANY).values().get())
          .containsExactlyInAnyOrderElementsOf(asked);
    }
  }
}
