/** How records are written: JSON, and Avro with and without a schema registry. */
@NullMarked
package io.kelbo.format;

import org.jspecify.annotations.NullMarked;
