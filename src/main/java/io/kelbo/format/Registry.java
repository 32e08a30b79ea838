package io.kelbo.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.UnreadableRecord.Reason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A schema registry through the Confluent REST interface, which Apicurio speaks too (under {@code
 * /apis/ccompat/v7}). A schema that it gave holds for ever and is kept; that there is none, or none
 * that can be read, is asked again after half a minute.
 */
public final class Registry implements Schemas {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_REFERENCES = 100;
  private static final int MOST_REFUSED = 1_000;
  private static final long REFUSED_NANOS = 30_000_000_000L;

  private final RegistryLine line;
  private final Map<Long, Schema> known = new ConcurrentHashMap<>();
  private final Map<Long, Refused> refused =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Refused> eldest) {
          return size() > MOST_REFUSED;
        }
      };

  /**
   * That no schema can be had for an id.
   *
   * @param at {@code System.nanoTime()}
   */
  private record Refused(long at, UnreadableRecord why) {}

  public Registry(RegistrySettings settings) {
    this(new RegistryLine(settings, System::nanoTime, Thread::sleep));
  }

  Registry(RegistryLine line) {
    this.line = line;
  }

  /**
   * Asks whether the registry takes who we are; of one that does not answer nothing is said.
   *
   * @throws IllegalArgumentException if it refuses us, or is not trusted; saying what to change
   */
  public void checkAccess() {
    String refusal = line.refusal();
    if (refusal != null) {
      throw new IllegalArgumentException(refusal);
    }
  }

  /** That the last question has no answer yet, and why; empty where it has. Does not ask. */
  public String outage() {
    return line.outage();
  }

  @Override
  public Schema schema(long id) throws UnreadableRecord {
    Schema there = known.get(id);
    if (there != null) {
      return there;
    }
    synchronized (refused) {
      Refused before = refused.get(id);
      if (before != null && System.nanoTime() - before.at() < REFUSED_NANOS) {
        throw before.why();
      }
    }
    try {
      Schema schema = asked(id);
      known.put(id, schema);
      return schema;
    } catch (UnreadableRecord why) {
      synchronized (refused) {
        refused.put(id, new Refused(System.nanoTime(), why));
      }
      throw why;
    }
  }

  private Schema asked(long id) throws UnreadableRecord {
    RegistryAnswer answer = line.ask("/schemas/ids/" + id, null);
    if (!answer.good()) {
      throw new UnreadableRecord(
          Reason.UNKNOWN_SCHEMA,
          "the record's schema has the id '%d' but the registry knows none such: is it another registry's?"
              .formatted(id));
    }
    return parsed(answer.json(), "schema id '%d'".formatted(id));
  }

  /**
   * The id of a schema under a subject; registered if it is not there yet.
   *
   * @throws IllegalArgumentException if the registry refuses, saying why: an older version under
   *     the subject is not compatible, or there is no right to register
   */
  public int register(String subject, Schema schema) {
    RegistryAnswer answer =
        line.ask(
            "/subjects/%s/versions".formatted(encoded(subject)),
            JSON.createObjectNode().put("schema", schema.toString()).toString());
    if (answer.good()) {
      int id = answer.json().path("id").asInt();
      known.put((long) id, schema);
      return id;
    }
    if (answer.denied()) {
      throw new IllegalArgumentException(
          "the registry answers %d to registering schema '%s' under subject '%s': grant whom registry.auth names the right to, or set output.format: json"
              .formatted(answer.status(), schema.getFullName(), subject));
    }
    throw new IllegalArgumentException(
        "the registry refuses schema '%s' under subject '%s' with status %d (%s): delete the subject's older versions, or set output.format: json"
            .formatted(schema.getFullName(), subject, answer.status(), firstLine(answer.body())));
  }

  private Schema parsed(JsonNode answer, String what) throws UnreadableRecord {
    String type = answer.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new UnreadableRecord(
          Reason.UNKNOWN_SCHEMA, "%s is of type '%s'; only AVRO is read".formatted(what, type));
    }
    Map<String, String> before = new LinkedHashMap<>();
    references(answer, new LinkedHashSet<>(), before);
    try {
      return SchemaText.parse(
          answer.path("schema").asText(), before.values().stream().distinct().toList());
    } catch (AvroRuntimeException noSchema) {
      throw new UnreadableRecord(
          Reason.UNKNOWN_SCHEMA,
          "%s cannot be read: %s".formatted(what, firstLine("" + noSchema.getMessage())));
    }
  }

  /**
   * The schemas that one refers to, those that they refer to first.
   *
   * @param above the questions whose answers are looked through now
   * @param before texts by the question that they answer; each is asked once
   */
  private void references(JsonNode answer, Set<String> above, Map<String, String> before)
      throws UnreadableRecord {
    for (JsonNode reference : answer.path("references")) {
      String subject = reference.path("subject").asText();
      int version = reference.path("version").asInt();
      String question = "/subjects/%s/versions/%d".formatted(encoded(subject), version);
      if (before.containsKey(question)) {
        continue;
      }
      if (above.size() + before.size() >= MOST_REFERENCES) {
        throw unreadable(subject, version, "is beyond the %d allowed".formatted(MOST_REFERENCES));
      }
      if (!above.add(question)) {
        throw unreadable(subject, version, "refers to itself: correct it in the registry");
      }
      RegistryAnswer found = line.ask(question, null);
      if (!found.good()) {
        throw unreadable(subject, version, "cannot be had: register it");
      }
      references(found.json(), above, before);
      above.remove(question);
      before.put(question, found.json().path("schema").asText());
    }
  }

  private static UnreadableRecord unreadable(String subject, int version, String why) {
    return new UnreadableRecord(
        Reason.UNKNOWN_SCHEMA,
        "the record's schema refers to subject '%s' version %d, which %s"
            .formatted(subject, version, why));
  }

  private static String encoded(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() > 300 ? line.substring(0, 300) + "…" : line;
  }
}
