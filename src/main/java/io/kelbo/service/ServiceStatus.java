package io.kelbo.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.kelbo.observe.Meters;
import io.kelbo.topology.LifecycleEvent;
import io.kelbo.topology.Topics;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/** Answers how the service is: alive, ready, and what it does. */
final class ServiceStatus {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> USELESS = Set.of("late", "unscorable", "suppressed");

  private final Settings settings;
  private final Progress progress;
  private final Meters meters;
  private final Supplier<List<KafkaStreams>> applications;
  private final LongSupplier held;
  private final Supplier<String> outage;

  /** Yes or no, and a line for people. */
  record Health(boolean well, String line) {}

  /**
   * @param held records behind a transaction that is open; must not wait
   * @param outage that the schema registry does not answer, or empty; must not wait
   */
  ServiceStatus(
      Settings settings,
      Progress progress,
      Meters meters,
      Supplier<List<KafkaStreams>> applications,
      LongSupplier held,
      Supplier<String> outage) {
    this.settings = settings;
    this.progress = progress;
    this.meters = meters;
    this.applications = applications;
    this.held = held;
    this.outage = outage;
  }

  /** No only where nothing but a restart helps: never while restoring or rebalancing. */
  Health live() {
    Progress.Standing standing = progress.standing();
    boolean dead =
        applications.get().stream()
            .map(KafkaStreams::state)
            .anyMatch(
                state ->
                    state == KafkaStreams.State.ERROR || state == KafkaStreams.State.NOT_RUNNING);
    boolean well = !dead && standing.state() != Progress.State.FAILED;
    return new Health(well, well ? "live" : "stopped: " + why(standing));
  }

  boolean ready() {
    return health().well();
  }

  /** Yes where records get answers: a model, and all applications running. */
  Health health() {
    Progress.Standing standing = progress.standing();
    return switch (standing.state()) {
      case WARMING_UP -> new Health(false, warmingUp(standing));
      case STARTING -> new Health(false, "starting" + after(waiting()));
      case CLOSED -> new Health(false, "closed");
      case FAILED -> new Health(false, "stopped: " + why(standing));
      case RUNNING -> {
        List<KafkaStreams.State> states =
            applications.get().stream().map(KafkaStreams::state).toList();
        boolean well = states.stream().allMatch(state -> state == KafkaStreams.State.RUNNING);
        yield new Health(
            well, well ? readyBut() : "not all is running: " + states + after(waiting()));
      }
    };
  }

  /** Ready, though what comes out may be of no use. */
  private String readyBut() {
    for (String behind : List.of(waiting(), heldBack())) {
      if (!behind.isEmpty()) {
        return "ready, but " + behind;
      }
    }
    Map<String, Long> verdicts = new HashMap<>(meters.byTag("kelbo.verdicts", "kind"));
    verdicts.remove("warming_up");
    long letters = meters.total("kelbo.dead.letters");
    if (verdicts.isEmpty()) {
      return letters == 0
          ? "ready"
          : "ready, but all %,d records are dead letters".formatted(letters);
    }
    Map.Entry<String, Long> first = verdicts.entrySet().iterator().next();
    return verdicts.size() == 1 && USELESS.contains(first.getKey())
        ? "ready, but all %,d verdicts are '%s'".formatted(first.getValue(), first.getKey())
        : "ready";
  }

  private String warmingUp(Progress.Standing standing) {
    String line = "warming up %d of %d".formatted(standing.collected(), standing.wanted());
    String waiting = waiting();
    if (!waiting.isEmpty()) {
      return line + after(waiting);
    }
    return line + after(standing.note().isEmpty() ? heldBack() : standing.note());
  }

  private static String after(String note) {
    return note.isEmpty() ? "" : ": " + note;
  }

  /** That records wait for a schema; empty where none does. */
  private String waiting() {
    String away = outage.get();
    return away.isEmpty() ? "" : away + ", records wait for it";
  }

  /** Empty where nothing is. */
  private String heldBack() {
    long records = held.getAsLong();
    return records == 0
        ? ""
        : "%,d records stand behind a transaction that its producer has not ended (docs/runbooks/hung-transaction.md)"
            .formatted(records);
  }

  private static String why(Progress.Standing standing) {
    return standing.failure() == null
        ? "the log says why"
        : String.valueOf(standing.failure().getMessage());
  }

  /** The whole as a JSON object. */
  String json() {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      write(json);
    } catch (IOException cannotHappenInMemory) {
      throw new UncheckedIOException(cannotHappenInMemory);
    }
    return out.toString();
  }

  private void write(JsonGenerator json) throws IOException {
    Progress.Standing standing = progress.standing();
    json.writeStartObject();
    json.writeStringField("name", settings.name());
    json.writeStringField("input", settings.input().topic().toString());
    json.writeStringField("state", standing.state().word());
    json.writeBooleanField("ready", ready());
    json.writeStringField("says", health().line());
    json.writeObjectFieldStart("warm_up");
    json.writeNumberField("collected", standing.collected());
    json.writeNumberField("wanted", standing.wanted());
    json.writeEndObject();
    if (meters.modelVersion() > 0) {
      json.writeObjectFieldStart("model");
      json.writeNumberField("version", meters.modelVersion());
      json.writeStringField(
          "trained_at", Instant.ofEpochSecond(meters.modelTrainedAt()).toString());
      json.writeEndObject();
    }
    counts(json);
    LifecycleEvent last = standing.lastTraining();
    if (last != null) {
      json.writeObjectFieldStart("last_training");
      json.writeStringField("outcome", last.kind().word());
      json.writeStringField("at", last.at().toString());
      if (last.version() != null) {
        json.writeNumberField("version", last.version());
      }
      json.writeStringField("reason", last.reason());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void counts(JsonGenerator json) throws IOException {
    json.writeNumberField("records", meters.total("kelbo.records"));
    json.writeNumberField("held_back", held.getAsLong());
    json.writeNumberField("tombstones", meters.total("kelbo.tombstones"));
    counts(json, "verdicts", meters.byTag("kelbo.verdicts", "kind"));
    counts(json, "dead_letters", meters.byTag("kelbo.dead.letters", "reason"));
    counts(json, "trainings", meters.byTag("kelbo.trainings", "outcome"));
    json.writeNumberField("imputed_cells", meters.total("kelbo.imputed.cells"));
    json.writeNumberField("repaired_cells", meters.total("kelbo.repaired.cells"));
    json.writeNumberField("predictions", meters.total("kelbo.predictions"));
    json.writeNumberField("episodes", meters.total("kelbo.episodes"));
    if (ready()) { // before, nothing is fetched, and nothing fetched would look like no lag
      json.writeNumberField("lag", lag());
    }
  }

  private static void counts(JsonGenerator json, String name, Map<String, Long> counts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }

  /** Records of the input that this instance's consumers have not fetched yet. */
  private long lag() {
    Topics topics = new Topics(settings.name(), settings.input().topic());
    return InputLag.records(topics, applications.get()).values().stream()
        .mapToLong(records -> records)
        .sum();
  }
}
