package io.kelbo.cli;

import io.kelbo.latent.LatentSpace;
import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.Fields;
import io.kelbo.record.NumberText;
import io.kelbo.record.Observation;
import io.kelbo.record.Total;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code --given field=value}: what is known of the records to generate. */
final class GivenFields {
  private GivenFields() {}

  /**
   * @param words such as {@code temperature=40}
   */
  static Observation of(LatentSpace space, List<String> words) {
    Fields fields = space.fields();
    double[] numbers = new double[fields.size()];
    java.util.Arrays.fill(numbers, Double.NaN);
    @Nullable String[] texts = new String[fields.size()];
    for (String word : words) {
      int at = word.indexOf('=');
      int place = at < 0 ? -1 : fields.place(word.substring(0, at));
      if (place < 0) {
        throw refused(
            "--given is '%s' but must be field=value, with one of the fields %s"
                .formatted(
                    word,
                    fields.list().stream().map(Field::name).collect(Collectors.joining(", "))));
      }
      if (!Double.isNaN(numbers[place]) || texts[place] != null) {
        throw refused("--given names '%s' twice; give it once".formatted(fields.get(place).name()));
      }
      String value = word.substring(at + 1);
      if (fields.get(place).kind() == FieldKind.CATEGORY) {
        texts[place] = category(fields.get(place), value, space.categories(place));
      } else {
        numbers[place] = number(fields.get(place), value);
      }
    }
    Observation given = new Observation(fields, numbers, texts);
    if (given.present() == fields.size()) {
      throw refused("--given names every field, so nothing is left to generate; leave one out");
    }
    return given;
  }

  private static String category(Field field, String value, List<String> known) {
    if (!known.contains(value)) {
      throw refused(
          "--given is '%s=%s' but that was never seen; it may be one of %s"
              .formatted(field.name(), value, known.stream().sorted().limit(20).toList()));
    }
    return value;
  }

  private static double number(Field field, String value) {
    if (field.kind() == FieldKind.FLAG && Set.of("true", "false").contains(value)) {
      return value.equals("true") ? 1 : 0;
    }
    double number = NumberText.parse(value);
    boolean count = number >= 0 && number == Math.rint(number);
    boolean fits =
        switch (field.kind()) {
          case COUNT -> count;
          case FLAG -> number == 0 || number == 1;
          default -> Double.isFinite(number);
        };
    if (!fits) {
      throw refused(
          "--given is '%s=%s' but '%s' is a %s: it must be %s"
              .formatted(
                  field.name(),
                  value,
                  field.name(),
                  field.kind().word(),
                  switch (field.kind()) {
                    case COUNT -> "0, 1, 2 or more";
                    case FLAG -> "true or false";
                    default -> "a number with a decimal point";
                  }));
    }
    return field.total() ? Total.scaled(number, field.step()) : number;
  }

  private static CommandFailure refused(String why) {
    return new CommandFailure(Failures.USAGE, why);
  }
}
