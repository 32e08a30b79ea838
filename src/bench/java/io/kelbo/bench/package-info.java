/** Benchmarks; never on the class path of the service. */
@NullMarked
package io.kelbo.bench;

import org.jspecify.annotations.NullMarked;
