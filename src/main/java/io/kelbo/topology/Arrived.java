package io.kelbo.topology;

import io.kelbo.record.Incoming;

/** A record that could be read, where it came from, and the bytes it was read from. */
record Arrived(Incoming incoming, Origin origin, byte[] value) {}
