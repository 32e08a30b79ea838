package io.kelbo.record;

import java.time.Instant;

/** A record that was read: who, when, where it stands, and what it says. */
public record Incoming(String entity, Instant time, Source source, Observation observation) {}
