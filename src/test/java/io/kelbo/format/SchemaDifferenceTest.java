package io.kelbo.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Types that refer to themselves, or are used twice, are compared once. */
class SchemaDifferenceTest {
  @Test
  void shouldTellOnceOfATypeThatRefersManyTimesToItself() {
    assertThat(between(tree(8, "int"), tree(8, "string")))
        .containsExactly("field 'x' was int and is string");
  }

  @Test
  void shouldTellOfATypeOnceAndWhereElseItIsUsed() {
    assertThat(between(motors("int"), motors("string")))
        .containsExactly(
            "field 'left.x' was int and is string",
            "field 'right' changed as field 'left' did",
            "field 'spare.0' changed as field 'left' did");
  }

  private static List<String> between(String before, String now) {
    return SchemaDifference.between(before, new Schema.Parser().parse(now));
  }

  /** A record of as many references to its own kind, and a value of a type. */
  private static String tree(int references, String type) {
    String children =
        IntStream.range(0, references)
            .mapToObj("{\"name\": \"child%d\", \"type\": [\"null\", \"Tree\"]}, "::formatted)
            .collect(Collectors.joining());
    return "{\"type\": \"record\", \"name\": \"Tree\", \"fields\": [%s{\"name\": \"x\", \"type\": \"%s\"}]}"
        .formatted(children, type);
  }

  private static String motors(String type) {
    return """
    {"type": "record", "name": "Plant", "fields": [
     {"name": "left", "type": {"type": "record", "name": "Motor", "fields": [
       {"name": "x", "type": "%s"}]}},
     {"name": "right", "type": "Motor"},
     {"name": "spare", "type": {"type": "array", "items": "Motor"}}]}
    """
        .formatted(type);
  }
}
