package io.kelbo.format;

import io.kelbo.record.UnreadableRecord;
import io.kelbo.record.UnreadableRecord.Reason;
import io.kelbo.record.WireForm;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The places of schemas, opened once for a process. {@code auto} tells the form of each record by
 * its first bytes: JSON begins with neither a zero byte nor C3 01.
 */
public final class Formats {
  private static final Duration AT_TERMINAL = Duration.ofSeconds(10);

  private final FormatSettings settings;
  private final @Nullable Registry registry;
  private final @Nullable SchemaFolder folder;
  private final @Nullable Schema plain;

  static {
    AvroLimits.lower();
  }

  /**
   * @throws IllegalArgumentException if a file that is named cannot be used
   */
  public Formats(FormatSettings settings) {
    this.settings = settings;
    this.registry = settings.registry() == null ? null : new Registry(settings.registry());
    this.folder = settings.schemas() == null ? null : new SchemaFolder(settings.schemas());
    this.plain = settings.schema() == null ? null : SchemaFolder.file(settings.schema());
  }

  /** For who waits at a terminal: for a registry that is away ten seconds, not three minutes. */
  public static Formats atTerminal(FormatSettings settings) {
    RegistrySettings registry = settings.registry();
    return new Formats(
        new FormatSettings(
            settings.input(),
            settings.schema(),
            settings.schemas(),
            registry == null ? null : registry.within(AT_TERMINAL),
            settings.output(),
            settings.latents()));
  }

  /** JSON in and out, without schemas. */
  public static Formats json() {
    return new Formats(FormatSettings.NOTHING);
  }

  /** Null where none is configured. */
  public @Nullable Registry registry() {
    return registry;
  }

  /**
   * Asks the registry whether it takes who we are.
   *
   * @throws IllegalArgumentException if it refuses us, or is not trusted; saying what to change
   */
  public void checkAccess() {
    if (registry != null) {
      registry.checkAccess();
    }
  }

  /** That the registry does not answer, and why; empty where it does, or there is none. */
  public String outage() {
    return registry == null ? "" : registry.outage();
  }

  public FormatSettings settings() {
    return settings;
  }

  /** Reads everything that a record says, under the names of its writer. */
  public WireForm whole(int maxBytes) {
    return reading(List.of(), false, maxBytes);
  }

  /**
   * @param known paths that are known, for fields that were renamed
   * @param onlyKnown whether nothing else is needed
   */
  public WireForm reading(Collection<String> known, boolean onlyKnown, int maxBytes) {
    Paths paths = Paths.of(known);
    WireForm json = WireForm.json(maxBytes);
    WireForm confluent =
        registry == null
            ? refusal("a zero byte, as Avro with a schema registry, but registry.urls is not set")
            : new AvroForm(Framing.CONFLUENT, registry, paths, onlyKnown, maxBytes);
    WireForm single =
        folder == null
            ? refusal("C3 01, as Avro's single-object encoding, but schemas.dir is not set")
            : new AvroForm(Framing.SINGLE_OBJECT, folder, paths, onlyKnown, maxBytes);
    return switch (settings.input()) {
      case "json" -> json;
      case "avro-confluent" -> confluent;
      case "avro-single-object" -> single;
      case "avro" -> new AvroForm(Framing.PLAIN, plain(), paths, onlyKnown, maxBytes);
      default ->
          value ->
              (Framing.CONFLUENT.begins(value)
                      ? confluent
                      : Framing.SINGLE_OBJECT.begins(value) ? single : json)
                  .read(value);
    };
  }

  private Schemas plain() {
    Schema schema = plain;
    if (schema == null) {
      throw new IllegalArgumentException(
          "input.format is 'avro' but input.schema is missing: name the file of the schema");
    }
    return id -> schema;
  }

  private static WireForm refusal(String what) {
    return value -> {
      throw new UnreadableRecord(
          Reason.UNKNOWN_SCHEMA, "the record begins with %s".formatted(what));
    };
  }
}
