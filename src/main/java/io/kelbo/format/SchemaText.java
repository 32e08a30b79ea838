package io.kelbo.format;

import java.util.List;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** Reads schemas as others wrote them: a wrong default or an odd name is for them to mend. */
final class SchemaText {
  private SchemaText() {}

  /**
   * @param before texts of the schemas that this one refers to, in an order that resolves them
   * @throws org.apache.avro.AvroRuntimeException if one is no schema
   */
  static Schema parse(String text, List<String> before) {
    Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION);
    parser.setValidateDefaults(false);
    before.forEach(parser::parse);
    return parser.parse(text);
  }
}
