package io.kelbo.format;

import io.kelbo.record.UnreadableRecord;
import org.apache.avro.Schema;

/** Where writers' schemas are found. Safe for use by several threads. */
interface Schemas {
  /**
   * The schema that a framing calls so; waits where its place cannot be reached.
   *
   * @throws UnreadableRecord if there is none
   * @throws SchemaUnavailable if it cannot be had for so long that waiting must end
   */
  Schema schema(long id) throws UnreadableRecord;
}
