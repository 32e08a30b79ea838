package io.kelbo.cli;

import io.kelbo.backtest.TableRows;
import io.kelbo.latent.Generation;
import io.kelbo.latent.LatentSpace;
import io.kelbo.model.Model;
import io.kelbo.record.Field;
import io.kelbo.record.Observation;
import io.kelbo.service.Settings;
import io.kelbo.service.SettingsProblems;
import io.kelbo.service.SettingsReader;
import io.kelbo.table.BadTable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes records like those of a table or of a stream, and writes each as it is made. */
@Command(
    name = "generate",
    description = "Makes records like those learned from, with any fields given.",
    footer = {
      "",
      "Each field is drawn from its own likelihood, so no record repeats one learned from. One of"
          + " --train, --model and --config says what is learned; with --topic records go there as JSON,"
          + " without keys, named by their dotted paths."
    })
final class GenerateCommand implements Callable<Integer> {
  private static final long MOST = 1_000_000_000;

  @Spec private CommandSpec spec;
  @Mixin private Answer answer;
  @Mixin private TableOut out;
  @Mixin private SeedOption seed;
  @Mixin private SegmentOption segment;

  @Option(names = "--count", paramLabel = "N", required = true, description = "How many records.")
  private long count;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description = "Learn from this table, CSV, plain or gzipped.")
  private @Nullable Path train;

  @Option(
      names = "--model",
      paramLabel = "SNAPSHOT",
      description = "Use this model, as 'kelbo model export' wrote it.")
  private @Nullable Path model;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Use the model that scores now.")
  private @Nullable Path config;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Send the records to this topic, with --config.")
  private @Nullable String topic;

  @Option(
      names = {"--given", "--class"},
      paramLabel = "FIELD=VALUE",
      description = "What all records share; may be repeated.")
  private List<String> given = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description = "csv, or json: an object a line (default: ${DEFAULT-VALUE}).")
  private String format;

  @Override
  public Integer call() throws SettingsProblems, InterruptedException {
    require();
    Settings settings = config == null ? null : new SettingsReader().read(config);
    GeneratedTopic sink =
        topic == null
            ? null
            : GeneratedTopic.open(Objects.requireNonNull(settings, "required above"), topic);
    LatentSpace space = space(settings);
    Observation shared = GivenFields.of(space, given);
    List<String> names = space.fields().list().stream().map(Field::name).toList();
    Iterator<Observation> made = new Generation(space, seed.value()).records(count, shared);
    if (sink == null) {
      out.<RuntimeException>write(bytes -> write(made, names, bytes));
      return Failures.DONE;
    }
    long sent = sink.send(made, record -> WrittenRows.json(names, GeneratedRow.cells(record)));
    answer.give(
        spec,
        Map.of("topic", sink.name(), "records", sent),
        writer -> writer.printf("%,d records are on '%s'.%n", sent, sink.name()));
    return Failures.DONE;
  }

  /** Before the work, not after it. */
  private void require() {
    if (count < 1 || count > MOST) {
      throw refused("--count is '%d' but must lie between 1 and %,d".formatted(count, MOST));
    }
    if (!Set.of("csv", "json").contains(format)) {
      throw refused("--format is '%s' but must be csv or json".formatted(format));
    }
    if (Stream.of(train, model, config).filter(Objects::nonNull).count() != 1) {
      throw refused(
          "one of --train FILE, --model SNAPSHOT and --config FILE must say what records are like. Give one of them.");
    }
    if (topic != null && config == null) {
      throw refused(
          "--topic is '%s' but nothing says which cluster that is on. Give --config instead of --train or --model."
              .formatted(topic));
    }
    if (topic != null && out.path() != null) {
      throw refused("--out is given beside --topic, but records go to one place. Take one out.");
    }
    GivenFiles.require(train);
    out.require(train, model);
  }

  private LatentSpace space(@Nullable Settings settings) throws InterruptedException {
    if (train != null) {
      try {
        return Learnt.from(train, TableRows.read(train, Set.of()), seed.value());
      } catch (BadTable bad) {
        throw Learnt.refused(bad);
      }
    }
    Model known =
        model != null
            ? SnapshotFile.read(model)
            : ModelCommand.champion(
                Objects.requireNonNull(settings, "required above"), segment.name());
    return new LatentSpace(known.encoder(), known.network(), List.of());
  }

  private void write(Iterator<Observation> records, List<String> names, OutputStream plain)
      throws IOException {
    OutputStream bytes = new BufferedOutputStream(plain, 1 << 16);
    boolean csv = format.equals("csv");
    if (csv) {
      bytes.write(WrittenRows.line(names).getBytes(StandardCharsets.UTF_8));
    }
    while (records.hasNext()) {
      List<Object> cells = GeneratedRow.cells(records.next());
      if (csv) {
        bytes.write(WrittenRows.line(cells).getBytes(StandardCharsets.UTF_8));
      } else {
        bytes.write(WrittenRows.json(names, cells));
        bytes.write('\n');
      }
    }
    bytes.flush();
  }

  private static CommandFailure refused(String why) {
    return new CommandFailure(Failures.USAGE, why);
  }
}
