package io.kelbo.cli;

import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.Observation;
import io.kelbo.record.Total;
import java.util.ArrayList;
import java.util.List;

/** A generated record as it is written. */
final class GeneratedRow {
  private GeneratedRow() {}

  /** In the order of the fields, totals by what they grow by; an empty text where none was seen. */
  static List<Object> cells(Observation record) {
    Fields fields = record.fields();
    List<Object> cells = new ArrayList<>();
    for (int j = 0; j < fields.size(); j++) {
      double number = record.number(j);
      String text = record.text(j);
      FieldKind kind = fields.get(j).kind();
      if (record.missing(j)) {
        cells.add("");
      } else if (text != null) {
        cells.add(text);
      } else if (kind == FieldKind.FLAG) {
        cells.add(number != 0);
      } else if (kind == FieldKind.COUNT) {
        cells.add((long) number);
      } else if (kind == FieldKind.TOTAL) {
        cells.add(WrittenRows.rounded(Total.growth(number, fields.get(j).step())));
      } else {
        cells.add(WrittenRows.rounded(number));
      }
    }
    return cells;
  }
}
