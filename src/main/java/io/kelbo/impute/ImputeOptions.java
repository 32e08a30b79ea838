package io.kelbo.impute;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to fill and what to learn from.
 *
 * @param file the table with holes
 * @param train learned from instead, with the same columns; null to learn from {@code file} itself
 * @param seed same tables and seed give the same answer, byte for byte
 */
public record ImputeOptions(Path file, @Nullable Path train, long seed) {}
