package io.kelbo.topology;

import io.kelbo.model.Imputation;
import io.kelbo.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers of a completed record: its own, and what was filled. */
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
    return headers;
  }

  private static byte[] joined(List<String> words) {
    return words.stream().collect(Collectors.joining(",")).getBytes(StandardCharsets.UTF_8);
  }
}
