package io.kelbo.format;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the input is written, and our answers.
 *
 * @param input {@code auto}, {@code json}, {@code avro-confluent}, {@code avro-single-object} or
 *     {@code avro}
 * @param schema the schema of plain Avro records
 * @param schemas the folder of the schemas of single-object records
 * @param output {@code auto}, {@code json} or {@code avro}
 * @param latents whether verdicts say where their record lies in the latent space
 */
public record FormatSettings(
    String input,
    @Nullable Path schema,
    @Nullable Path schemas,
    @Nullable RegistrySettings registry,
    String output,
    boolean latents) {
  /** Nothing said: JSON, since Avro needs a place of schemas. */
  public static final FormatSettings NOTHING = new FormatSettings("auto", null, null, null, "auto");

  /** Verdicts without latents. */
  public FormatSettings(
      String input,
      @Nullable Path schema,
      @Nullable Path schemas,
      @Nullable RegistrySettings registry,
      String output) {
    this(input, schema, schemas, registry, output, false);
  }
}
