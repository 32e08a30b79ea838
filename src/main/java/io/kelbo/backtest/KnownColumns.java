package io.kelbo.backtest;

import io.kelbo.model.Model;
import io.kelbo.record.Declared;
import io.kelbo.record.EntityRule;
import io.kelbo.record.Field;
import io.kelbo.record.InputLayout;
import io.kelbo.record.LayoutInference;
import io.kelbo.table.BadTable;
import io.kelbo.table.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a file is read where a model is given: its fields, found among the columns by name. */
final class KnownColumns {
  private KnownColumns() {}

  /**
   * @param declared whose entity and time, where given, go before the model's
   * @throws BadTable if the file has none of the model's fields
   */
  static LayoutInference.Inference of(
      Model model, Declared declared, Table table, @Nullable String label) throws BadTable {
    List<String> columns = table.header();
    List<String> names = model.layout().fields().list().stream().map(Field::name).toList();
    if (names.stream().noneMatch(columns::contains)) {
      throw new BadTable(
          "%s: has none of the fields that the model knows, %s: its columns are %s"
              .formatted(table.file(), Table.shown(names), Table.shown(columns)));
    }
    String time = declared.time();
    String known = model.layout().timePath();
    if (time == null && known != null && columns.contains(known)) {
      time = known;
    }
    String entity = declared.entity();
    if (entity == null && model.layout().entity() instanceof EntityRule.Path path) {
      entity = columns.contains(path.path()) ? path.path() : null;
    }
    List<LayoutInference.LeftOut> leftOut = new ArrayList<>();
    Set<String> used = new HashSet<>(names);
    used.add(String.valueOf(time));
    used.add(String.valueOf(entity));
    used.add(String.valueOf(label));
    columns.stream()
        .filter(column -> !used.contains(column))
        .forEach(
            column ->
                leftOut.add(new LayoutInference.LeftOut(column, "the model does not know it")));
    names.stream()
        .filter(name -> !columns.contains(name))
        .forEach(
            name ->
                leftOut.add(
                    new LayoutInference.LeftOut(
                        name, "the model knows it, but the file does not have it: missing")));
    EntityRule rule = EntityRule.of(entity == null ? "partition" : entity);
    InputLayout layout = new InputLayout(model.layout().fields(), rule, time);
    return new LayoutInference.Inference(layout, leftOut);
  }
}
