package io.kelbo.impute;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to predict and what to learn from.
 *
 * @param file the table whose rows are asked about
 * @param train learned from instead; null to learn from those rows of {@code file} that know the
 *     target, and to predict it for the others
 * @param target the column that is predicted
 * @param named whether the target's numbers are names of classes, such as 0, 1, 2
 * @param seed same tables and seed give the same answer, byte for byte
 */
public record PredictOptions(
    Path file, @Nullable Path train, String target, boolean named, long seed) {}
