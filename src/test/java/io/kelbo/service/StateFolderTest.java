package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
  @Test
  void shouldAddUpAllFilesHoweverDeep(@TempDir Path dir) throws Exception {
    Files.createDirectories(dir.resolve("a/b"));
    Files.write(dir.resolve("a/b/one"), new byte[1000]);
    Files.write(dir.resolve("two"), new byte[234]);

    StateFolder folder = new StateFolder(dir);

    assertThat(folder.bytes()).isEqualTo(1234);
    assertThat(folder.free()).isPositive();
  }

  @Test
  void shouldTellTheRoomOfTheDiskBeforeTheFolderIsThere(@TempDir Path dir) {
    StateFolder folder = new StateFolder(dir.resolve("not/yet"));

    assertThat(folder.bytes()).isZero();
    assertThat(folder.free()).isPositive();
  }
}
