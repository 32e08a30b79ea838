package io.kelbo.backtest;

import io.kelbo.decide.AlarmBudget;
import io.kelbo.record.Declared;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Files to score in a temporary folder, and the options to score them with. */
record Csv(Path folder) {
  /** Two quantities that go together, a flag-like label, the time; strange where asked. */
  static String rows(int from, int to, IntPredicate strange, IntPredicate label) {
    Random random = new Random(6);
    StringBuilder text = new StringBuilder("at,speed,power,label\n");
    for (int i = 0; i < to; i++) {
      double load = random.nextGaussian();
      double power = 20 + 4 * load + random.nextGaussian() + (strange.test(i) ? 40 : 0);
      if (i >= from) {
        text.append("2026-11-22 08:%02d:%02d,".formatted(i / 60 % 60, i % 60))
            .append(1500 + 10 * load)
            .append(',')
            .append(power)
            .append(label.test(i) ? ",1\n" : ",0\n");
      }
    }
    return text.toString();
  }

  Path write(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  Path out(String name) {
    return folder.resolve(name);
  }

  static BacktestOptions options(
      Path file, @Nullable Path train, int trainRows, @Nullable String label, @Nullable Path out) {
    return options(List.of(file), train, trainRows, new Retraining.Never(), "at", label, out);
  }

  static BacktestOptions options(
      List<Path> files,
      @Nullable Path train,
      int trainRows,
      Retraining retrain,
      @Nullable String time,
      @Nullable String label,
      @Nullable Path out) {
    return new BacktestOptions(
        files,
        train,
        trainRows,
        retrain,
        new Declared(List.of(), Set.of(), null, time),
        label,
        false,
        out,
        AlarmBudget.of("0.005"),
        1);
  }
}
