package io.kelbo.demo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to run the demo.
 *
 * @param length how long it feeds records, from its start; null for until Ctrl-C
 * @param json whether the last line is one JSON object
 * @param seed of plant, faults and detector
 */
public record DemoOptions(@Nullable Duration length, boolean json, long seed) {}
