package io.kelbo.cli;

import io.kelbo.backtest.TableRows;
import io.kelbo.latent.LatentSpace;
import io.kelbo.latent.Order;
import io.kelbo.table.BadTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Orders the rows of a table. */
@Command(
    name = "rank",
    description = "Orders rows by how strange they are, along a latent, or towards a column.",
    footer = {
      "",
      "--by surprisal: strangest first. --by latent:3: along the third latent. --by COLUMN: along the"
          + " direction in which that column grows, which the others tell; the column itself is"
          + " not looked at otherwise."
    })
final class RankCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Answer answer;
  @Mixin private TableOut out;
  @Mixin private SeedOption seed;

  @Parameters(paramLabel = "FILE", description = "The table, CSV, plain or gzipped.")
  private Path file;

  @Option(
      names = "--by",
      paramLabel = "ORDER",
      required = true,
      description = "surprisal, latent:N, or the name of a column.")
  private String by;

  @Option(
      names = "--known",
      paramLabel = "COLUMN",
      description = "An order that is known; not learned from, only held against the answer.")
  private @Nullable String known;

  @Override
  public Integer call() {
    GivenFiles.require(file);
    out.require(file);
    try {
      boolean column = !by.equals("surprisal") && !by.startsWith("latent:");
      String order = column ? by : known;
      TableRows table = TableRows.read(file, without(column));
      LatentSpace space = Learnt.from(file, table, seed.value());
      double[] score = column ? Order.along(space.places(), table.numbers(by)) : score(space);
      out.<RuntimeException, BadTable>give(
          answer,
          TableOut.text(() -> text(score)),
          () -> answer.give(spec, facts(score, order, table)));
      return Failures.DONE;
    } catch (BadTable bad) {
      throw Learnt.refused(bad);
    } catch (ArithmeticException unfit) {
      throw new CommandFailure(Failures.USAGE, "%s: %s".formatted(file, unfit.getMessage()));
    }
  }

  private Set<String> without(boolean column) {
    Set<String> names = new java.util.HashSet<>();
    if (column) {
      names.add(by);
    }
    if (known != null) {
      names.add(known);
    }
    return names;
  }

  private double[] score(LatentSpace space) {
    if (by.equals("surprisal")) {
      return space.places().stream().mapToDouble(LatentSpace.Place::surprisal).toArray();
    }
    String number = by.substring("latent:".length());
    int latent = number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : 0;
    if (latent < 1 || latent > space.latents()) {
      throw new CommandFailure(
          Failures.USAGE,
          "--by is '%s' but the latents are latent:1 to latent:%d".formatted(by, space.latents()));
    }
    return space.places().stream().mapToDouble(place -> place.mean().get(latent - 1)).toArray();
  }

  /**
   * @param order the column that the score is held against where none is known; null for neither
   */
  private Map<String, Object> facts(double[] score, @Nullable String order, TableRows table)
      throws BadTable {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("rows", score.length);
    facts.put("by", by);
    if (order != null) {
      double agreement = Order.agreement(score, table.numbers(known == null ? order : known));
      facts.put("rank_correlation", WrittenRows.rounded(agreement));
    }
    return facts;
  }

  private static String text(double[] score) {
    int[] order =
        IntStream.range(0, score.length)
            .boxed()
            .sorted(Comparator.comparingDouble(r -> -score[r]))
            .mapToInt(r -> r)
            .toArray();
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < order.length; i++) {
      rows.add(List.of(i + 1, order[i] + 1, WrittenRows.rounded(score[order[i]])));
    }
    return WrittenRows.csv(List.of("rank", "row", "score"), rows);
  }
}
