package io.kelbo.cli;

import io.kelbo.model.UnreadableSnapshot;
import io.kelbo.service.ModelsReader.Published;
import io.kelbo.service.SettingsProblems;
import io.kelbo.topology.Champion;
import io.kelbo.topology.ModelSnapshot;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code kelbo model export}: a published model as a file, the bytes that {@code Snapshots} reads.
 */
@Command(name = "export", description = "Writes one model to a file.")
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private SegmentOption segment;
  @Mixin private Answer answer;

  @Parameters(paramLabel = "VERSION", arity = "0..1", description = "Default: the champion.")
  private @Nullable Integer version;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "A file that does not exist yet.")
  private Path out = Path.of("");

  @Override
  public Integer call() throws SettingsProblems, InterruptedException {
    Published published = ModelCommand.published(config.settings());
    Champion champion = published.champions().get(segment.name());
    if (version == null && champion == null) {
      throw new CommandFailure(
          Failures.FAILED,
          "there is no champion of '%s' yet; 'kelbo status' says why".formatted(segment.name()));
    }
    int wanted = version != null ? version : champion == null ? 0 : champion.version();
    ModelSnapshot snapshot = ModelCommand.snapshot(published, segment.name(), wanted);
    try {
      snapshot.model();
      Files.write(out, snapshot.body(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (UnreadableSnapshot corrupt) {
      throw new CommandFailure(
          Failures.FAILED, "version %d cannot be read: %s".formatted(wanted, corrupt.getMessage()));
    } catch (FileAlreadyExistsException there) {
      throw new CommandFailure(
          Failures.USAGE,
          "--out is '%s' but that file exists already; name another, or delete it".formatted(out));
    } catch (IOException unwritable) {
      throw new CommandFailure(
          Failures.FAILED,
          "--out is '%s' but it cannot be written (%s)".formatted(out, unwritable.toString()));
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("version", wanted);
    facts.put("file", out.toString());
    facts.put("bytes", snapshot.body().length);
    answer.give(
        spec,
        facts,
        text ->
            text.printf("Version %d is in %s (%d bytes).%n", wanted, out, snapshot.body().length));
    return Failures.DONE;
  }
}
