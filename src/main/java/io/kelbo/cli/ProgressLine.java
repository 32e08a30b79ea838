package io.kelbo.cli;

import io.kelbo.backtest.Progress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far long work is, on standard error. Only where that is a terminal (the launcher says so) and
 * nothing for machines is printed; the line is wiped at the end.
 */
final class ProgressLine implements Progress, AutoCloseable {
  private static final int EVERY_MILLIS = 200;

  private final @Nullable ProgressBar bar;

  private ProgressLine(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /** Whether somebody watches. (From Java 22 on, System.console() answers without a terminal.) */
  static boolean wanted(boolean json) {
    return !json && Boolean.getBoolean("kelbo.progress");
  }

  static ProgressLine of(boolean json) {
    if (!wanted(json)) {
      return new ProgressLine(null);
    }
    return new ProgressLine(
        new ProgressBarBuilder()
            .setTaskName("backtest")
            .setStyle(ProgressBarStyle.ASCII)
            .setUnit(" rows", 1)
            .setUpdateIntervalMillis(EVERY_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .clearDisplayOnFinish()
            .build());
  }

  @Override
  public void at(Phase phase, long done, long all) {
    if (bar != null) {
      bar.setExtraMessage(phase.word());
      bar.maxHint(all == 0 ? -1 : all); // -1: not known
      bar.stepTo(done);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
