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
import java.util.stream.Stream;

/** The dashboards as they lie in {@code grafana/dashboards}, and the rules beside them. */
public final class Dashboards {
  private static final Path HOME = Path.of(System.getProperty("kelbo.home", "."));

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

  /** All panels of all dashboards. */
  public static List<Panel> panels() throws IOException {
    List<Panel> panels = new ArrayList<>();
    for (Path file : files()) {
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .readTree(file.toFile())
          .path("panels")
          .forEach(panel -> panels.add(new Panel(file.getFileName().toString(), panel)));
    }
    return panels;
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
