/**
 * The two Kafka Streams applications: bytes and state between Kafka and one call into the model.
 */
@NullMarked
package io.kelbo.topology;

import org.jspecify.annotations.NullMarked;
