package io.kelbo.topology;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kelbo.model.Rule;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule as JSON, as {@code schemas/Rule.avsc} names it. */
public final class RuleJson {
  private static final List<String> NAMES =
      List.of(
          "id",
          "kind",
          "segment",
          "entity",
          "field",
          "from",
          "to",
          "direction",
          "minimum",
          "minimum_relative",
          "low",
          "high",
          "reason",
          "at",
          "by");

  private RuleJson() {}

  /**
   * Reads a rule.
   *
   * @param made when and by whom, where the rule does not say it
   * @throws IOException that names every problem, parted by semicolons
   */
  public static Rule read(byte[] json, Instant made, @Nullable String by) throws IOException {
    Leaves leaves = new Leaves(json);
    leaves.only(NAMES);
    String id = leaves.required("id");
    Rule.Kind kind = leaves.choice("kind", Rule.Kind.values(), Rule.Kind::word);
    if (kind == null && !leaves.has("kind")) {
      leaves.refuse(
          "'kind' is missing: it is one of maintenance, direction, minimum_deviation, range");
    }
    String segment = leaves.text("segment");
    String entity = leaves.text("entity");
    String field = leaves.text("field");
    Instant from = leaves.time("from");
    Instant to = leaves.time("to");
    Rule.Direction direction =
        leaves.choice("direction", Rule.Direction.values(), Rule.Direction::word);
    double minimum = leaves.number("minimum");
    double relative = leaves.number("minimum_relative");
    double low = leaves.number("low");
    double high = leaves.number("high");
    String reason = leaves.required("reason");
    Instant at = leaves.time("at");
    String given = leaves.text("by");
    leaves.refuseProblems();
    if (kind == null) {
      throw new IOException("'kind' is missing");
    }
    try {
      return new Rule(
          id,
          kind,
          segment,
          entity,
          field,
          from,
          to,
          direction,
          minimum,
          relative,
          low,
          high,
          reason,
          at == null ? made : at,
          given == null ? by : given);
    } catch (IllegalArgumentException refused) {
      throw new IOException(refused.getMessage(), refused);
    }
  }

  public static byte[] write(Rule rule) {
    return Json.write(json -> write(json, rule));
  }

  private static void write(JsonGenerator json, Rule rule) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", rule.id());
    json.writeStringField("kind", rule.kind().word());
    text(json, "segment", rule.segment());
    text(json, "entity", rule.entity());
    text(json, "field", rule.field());
    text(json, "from", rule.from());
    text(json, "to", rule.to());
    text(json, "direction", rule.direction() == null ? null : rule.direction().word());
    Json.figure(json, "minimum", rule.minimum());
    Json.figure(json, "minimum_relative", rule.minimumRelative());
    Json.figure(json, "low", rule.low());
    Json.figure(json, "high", rule.high());
    json.writeStringField("reason", rule.reason());
    json.writeStringField("at", rule.at().toString());
    text(json, "by", rule.by());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, @Nullable Object value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value.toString());
    }
  }
}
