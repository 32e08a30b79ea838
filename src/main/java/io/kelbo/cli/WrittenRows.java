package io.kelbo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows of named values as CSV or as a JSON object a line. */
final class WrittenRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private WrittenRows() {}

  static String csv(List<String> names, List<List<Object>> rows) {
    StringBuilder text = new StringBuilder(line(List.copyOf(names)));
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<?> cells) {
    return cells.stream()
        .map(cell -> quoted(String.valueOf(cell)))
        .collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String cell) {
    boolean bare = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return bare ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  static String json(List<String> names, List<List<Object>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<Object> row : rows) {
      Map<String, Object> object = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        if (!"".equals(row.get(i))) {
          object.put(names.get(i), row.get(i));
        }
      }
      try {
        text.append(JSON.writeValueAsString(object)).append('\n');
      } catch (JsonProcessingException cannotHappen) {
        throw new IllegalStateException(cannotHappen);
      }
    }
    return text.toString();
  }

  /** Six significant digits: more would say nothing. */
  static double rounded(double value) {
    return Double.isFinite(value)
        ? new java.math.BigDecimal(value).round(new java.math.MathContext(6)).doubleValue()
        : value;
  }
}
