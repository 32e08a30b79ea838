/** A Kafka broker in this process, for the demo, for trying things and for tests. */
@NullMarked
package io.kelbo.broker;

import org.jspecify.annotations.NullMarked;
