package io.kelbo.format;

import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** Reads schemas as others wrote them: a wrong default or an odd name is for them to mend. */
final class SchemaText {
  private SchemaText() {}

  /**
   * @param before texts of the schemas that this one refers to, in an order that resolves them
   * @throws AvroRuntimeException if one is no schema
   */
  static Schema parse(String text, List<String> before) {
    Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION);
    parser.setValidateDefaults(false);
    try {
      before.forEach(parser::parse);
      return parser.parse(text);
    } catch (AvroRuntimeException said) {
      throw said;
    } catch (RuntimeException unsaid) {
      // Avro's parser throws a NullPointerException, among others, at text that is no schema.
      throw new SchemaParseException(unsaid);
    }
  }
}
