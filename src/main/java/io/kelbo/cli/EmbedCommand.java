package io.kelbo.cli;

import io.kelbo.backtest.TableRows;
import io.kelbo.latent.LatentSpace;
import io.kelbo.table.BadTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes each row of a table as its latent vector. */
@Command(
    name = "embed",
    description = "Writes each row as its latent vector, with spread and reconstruction error.",
    footer = {
      "",
      "latent_N is a mean, sd_N its standard deviation, both in prior standard deviations;"
          + " reconstruction is what the vector leaves unsaid, in nats."
    })
final class EmbedCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Answer answer;
  @Mixin private TableOut out;
  @Mixin private SeedOption seed;

  @Parameters(paramLabel = "FILE", description = "The table, CSV, plain or gzipped.")
  private Path file;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description = "Learn from this table (default: from FILE itself).")
  private @Nullable Path train;

  @Override
  public Integer call() {
    GivenFiles.require(file);
    GivenFiles.require(train);
    out.require(file, train);
    try {
      Path from = train == null ? file : train;
      TableRows learned = TableRows.read(from, Set.of());
      TableRows table = train == null ? learned : TableRows.read(file, learned.layout());
      LatentSpace space = Learnt.from(from, learned, seed.value());
      out.<RuntimeException, RuntimeException>give(
          answer,
          TableOut.text(() -> text(space, table)),
          () -> answer.give(spec, facts(space, table)));
      return Failures.DONE;
    } catch (BadTable bad) {
      throw Learnt.refused(bad);
    }
  }

  private static String text(LatentSpace space, TableRows table) {
    List<String> names = new ArrayList<>();
    for (int l = 1; l <= space.latents(); l++) {
      names.add("latent_" + l);
    }
    for (int l = 1; l <= space.latents(); l++) {
      names.add("sd_" + l);
    }
    names.add("reconstruction");
    List<List<Object>> rows = new ArrayList<>();
    for (var row : table.rows()) {
      LatentSpace.Place place = space.place(row);
      List<Object> cells = new ArrayList<>();
      place.mean().forEach(value -> cells.add(WrittenRows.rounded(value)));
      place.sd().forEach(value -> cells.add(WrittenRows.rounded(value)));
      cells.add(WrittenRows.rounded(place.reconstruction()));
      rows.add(cells);
    }
    return WrittenRows.csv(names, rows);
  }

  private static Map<String, Object> facts(LatentSpace space, TableRows table) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("rows", table.rows().size());
    facts.put("fields", space.fields().size());
    facts.put("latents", space.latents());
    double[] kept = space.kept(table.rows());
    Map<String, Object> share = new LinkedHashMap<>();
    for (int j = 0; j < kept.length; j++) {
      if (!Double.isNaN(kept[j])) {
        share.put(space.fields().get(j).name(), WrittenRows.rounded(kept[j]));
      }
    }
    facts.put("variance_kept", share);
    return facts;
  }
}
