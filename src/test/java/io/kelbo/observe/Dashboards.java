package io.kelbo.observe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The dashboards as they lie in {@code grafana/dashboards}, and the rules beside them. */
public final class Dashboards {
  private static final Path HOME = Path.of(System.getProperty("kelbo.home", "."));
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");

  /** A panel of a dashboard. */
  public record Panel(String dashboard, JsonNode json) {
    public String title() {
      return dashboard + ": " + json.path("title").asText();
    }

    /** Its queries, as Grafana writes them. */
    public List<String> queries() {
      List<String> queries = new ArrayList<>();
      json.path("targets").forEach(target -> queries.add(target.path("expr").asText()));
      return queries;
    }
  }

  private Dashboards() {}

  /** All panels of all dashboards, those in rows too; a row itself shows nothing. */
  public static List<Panel> panels() throws IOException {
    List<Panel> panels = new ArrayList<>();
    for (Path file : files()) {
      panels(read(file)).forEach(p -> panels.add(new Panel(file.getFileName().toString(), p)));
    }
    return panels;
  }

  /** Those of one dashboard. */
  static List<JsonNode> panels(JsonNode dashboard) {
    List<JsonNode> panels = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      if (isRow(panel)) {
        panel.path("panels").forEach(panels::add);
      } else {
        panels.add(panel);
      }
    }
    return panels;
  }

  static boolean isRow(JsonNode panel) {
    return panel.path("type").asText().equals("row");
  }

  static JsonNode read(Path file) throws IOException {
    return new ObjectMapper()
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .readTree(file.toFile());
  }

  /** What the variables are chosen from, as queries: a series for each value of the label. */
  public static Set<String> choices() throws IOException {
    Set<String> choices = new TreeSet<>();
    for (Path file : files()) {
      for (JsonNode variable : read(file).at("/templating/list")) {
        Matcher values = LABEL_VALUES.matcher(variable.path("query").asText());
        if (values.matches()) {
          choices.add("group by (%s) (%s)".formatted(values.group(2), values.group(1)));
        } else if (variable.path("type").asText().equals("query")) {
          throw new IllegalStateException("a variable of another form: " + variable);
        }
      }
    }
    return choices;
  }

  /** What marks moments on all panels, as queries. */
  public static Set<String> annotations() throws IOException {
    Set<String> marks = new TreeSet<>();
    for (Path file : files()) {
      read(file).at("/annotations/list").forEach(m -> marks.add(m.at("/target/expr").asText()));
    }
    return marks;
  }

  /** All rules of {@code grafana/alerts.yaml}, recording ones too. */
  public static List<JsonNode> rules() throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    JsonNode file = new YAMLMapper().readTree(HOME.resolve("grafana/alerts.yaml").toFile());
    file.path("groups").forEach(group -> group.path("rules").forEach(rules::add));
    return rules;
  }

  /** The files of the dashboards. */
  public static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(HOME.resolve("grafana/dashboards"))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  /** A query with all that Grafana fills in: every cluster, application and segment. */
  public static String filledIn(String query) {
    return query
        .replaceAll("\\$(cluster|application|segment)", ".*")
        .replace("$__rate_interval", "1m");
  }
}
