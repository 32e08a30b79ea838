package io.kelbo.format;

/**
 * The place of the schemas does not answer. That is not the record's fault: it is never set aside
 * for it, but read again later.
 */
public final class SchemaUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SchemaUnavailable(String message) {
    super(message);
  }
}
