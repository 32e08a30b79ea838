package io.kelbo.topology;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kelbo.model.Imputation;
import io.kelbo.model.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers of a completed record: its own, what was filled, and what was replaced and why. */
final class ImputedHeaders {
  private ImputedHeaders() {}

  static Headers of(Headers input, Verdict verdict, List<Imputation> imputations) {
    Headers headers = Origin.erase(new RecordHeaders(input));
    headers.remove("kelbo.imputed").remove("kelbo.imputed.sd").remove("kelbo.time");
    headers.add("kelbo.time", verdict.time().toString().getBytes(StandardCharsets.UTF_8));
    headers.add("kelbo.imputed", joined(imputations.stream().map(Imputation::field).toList()));
    headers.add(
        "kelbo.imputed.sd",
        joined(imputations.stream().map(filled -> Double.toString(filled.sd())).toList()));
    headers.remove("kelbo.repaired").remove("kelbo.repaired.was").remove("kelbo.repaired.p");
    List<Imputation> repaired = imputations.stream().filter(i -> i.repair() != null).toList();
    if (!repaired.isEmpty()) {
      headers.add("kelbo.repaired", joined(repaired.stream().map(Imputation::field).toList()));
      headers.add("kelbo.repaired.was", Json.write(json -> was(json, repaired)));
      headers.add(
          "kelbo.repaired.p",
          joined(repaired.stream().map(i -> Double.toString(repair(i).p())).toList()));
    }
    return headers;
  }

  /** An array, since a text may hold commas. */
  private static void was(JsonGenerator json, List<Imputation> repaired) throws IOException {
    json.writeStartArray();
    for (Imputation one : repaired) {
      VerdictJson.write(json, repair(one).was());
    }
    json.writeEndArray();
  }

  private static Imputation.Repair repair(Imputation imputation) {
    return Objects.requireNonNull(imputation.repair(), "only repairs are told");
  }

  private static byte[] joined(List<String> words) {
    return words.stream().collect(Collectors.joining(",")).getBytes(StandardCharsets.UTF_8);
  }
}
