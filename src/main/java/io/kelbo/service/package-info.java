/** The running service: settings, first model, the two Kafka Streams applications, HTTP. */
@NullMarked
package io.kelbo.service;

import org.jspecify.annotations.NullMarked;
