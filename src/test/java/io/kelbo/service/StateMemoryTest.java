package io.kelbo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kelbo.topology.PlantRows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All state stores together keep to {@code state.memory}, however much state there is. */
class StateMemoryTest {
  // A size of its own, so that no other test's stores are in the same cache.
  private static final long BYTES = 17L << 20;
  private static final int ROWS = 9_000;

  @Test
  void shouldTakeNoMoreThanItWasGivenForStateOfManyEntities(@TempDir Path dir) throws Exception {
    try (Cluster cluster = new Cluster(dir.resolve("broker"))) {
      cluster.createInput();
      for (int row = 0; row < ROWS; row++) {
        String entity = row < 600 ? PlantRows.key(row) : "pump-" + row;
        cluster.send(entity, PlantRows.row(row), System.currentTimeMillis());
      }
      cluster.flush();
      String config =
          """
          kafka.bootstrap.servers: "%s"
          input: { topic: %s, from: earliest }
          state: { dir: "%s", memory: %d MB }
          http.port: 0
          """
              .formatted(cluster.bootstrap(), Cluster.INPUT, dir.resolve("state"), BYTES >> 20);
      BoundedStores.Memory memory = BoundedStores.shared(BYTES);
      AtomicLong most = new AtomicLong();

      try (Service service = Service.start(new SettingsReader().read(config, "test"))) {
        await()
            .atMost(Duration.ofMinutes(3))
            .pollInterval(Duration.ofMillis(50))
            .until(
                () -> {
                  most.accumulateAndGet(memory.cache().getUsage(), Math::max);
                  return service.meters().total("kelbo.records") >= ROWS;
                });
      }

      assertThat(new StateFolder(dir.resolve("state")).bytes()).isGreaterThan(3.0 * BYTES);
      assertThat(most.get()).isBetween(BYTES / 4, BYTES);
    }
  }
}
