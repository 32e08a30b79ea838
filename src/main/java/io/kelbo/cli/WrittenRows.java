package io.kelbo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows of named values as CSV or as JSON objects. */
final class WrittenRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private WrittenRows() {}

  static String csv(List<String> names, List<List<Object>> rows) {
    StringBuilder text = new StringBuilder(line(names));
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  /** A line of CSV, its end included. */
  static String line(List<?> cells) {
    return cells.stream()
        .map(cell -> quoted(String.valueOf(cell)))
        .collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String cell) {
    boolean bare = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return bare ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /** A JSON object without empty cells. */
  static byte[] json(List<String> names, List<Object> row) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (!"".equals(row.get(i))) {
        object.put(names.get(i), row.get(i));
      }
    }
    try {
      return JSON.writeValueAsBytes(object);
    } catch (JsonProcessingException cannotHappen) {
      throw new IllegalStateException(cannotHappen);
    }
  }

  /** Six significant digits: more would say nothing. */
  static double rounded(double value) {
    return Double.isFinite(value)
        ? new java.math.BigDecimal(value).round(new java.math.MathContext(6)).doubleValue()
        : value;
  }
}
