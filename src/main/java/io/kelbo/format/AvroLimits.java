package io.kelbo.format;

/** How long a text in Avro may say that it is: one that lies would else ask for up to 2 GB. */
public final class AvroLimits {
  private static final String MOST = "8388608"; // bytes

  private AvroLimits() {}

  /** Lowers Avro's limits where nobody set them; Avro reads them once, with its first decoder. */
  public static void lower() {
    for (String limit : new String[] {"string", "bytes"}) {
      System.getProperties().putIfAbsent("org.apache.avro.limits." + limit + ".maxLength", MOST);
    }
  }
}
