package io.kelbo.service;

import static io.kelbo.service.Readings.duration;
import static io.kelbo.service.Readings.list;
import static io.kelbo.service.Readings.matching;
import static io.kelbo.service.Readings.whole;
import static java.util.function.Function.identity;

import io.kelbo.record.Field;
import io.kelbo.record.FieldKind;
import io.kelbo.record.FieldRole;
import io.kelbo.topology.InputTopics;
import io.kelbo.topology.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The keys under {@code input}; part of {@link SettingKeys}. */
final class InputKeys {
  private static final List<Setting<?>> ALL = new ArrayList<>();

  private static final String TOPIC_NAME = "(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}";

  static final Setting<String> TOPIC =
      add(
          Setting.optional(
              "input.topic",
              "required, or one of the next two",
              "the name of a Kafka topic: 1 to 249 letters, digits, '.', '_' or '-'",
              "The topic that is watched; it is never written.",
              "plant.telemetry",
              TOPIC_NAME));
  static final Setting<List<String>> TOPICS =
      add(
          Setting.define(
              "input.topics",
              "",
              "a list of names of Kafka topics",
              "Several topics with the same fields, watched as one input.",
              list(matching(TOPIC_NAME, identity()))));
  static final Setting<String> PATTERN =
      add(
          new Setting<>(
              "input.pattern",
              null,
              "none",
              "a Java regular expression of at most 1000 characters",
              "All topics whose whole name it matches, those made later too; never Kelbo's own.",
              "plant\\\\..*",
              InputKeys::pattern));
  static final Setting<String> FROM =
      add(
          Setting.define(
              "input.from",
              "latest",
              "'earliest', 'latest', or a duration back such as 'PT1H'",
              "Where the first start begins reading; later starts go on where they were.",
              text ->
                  text.equals("earliest") || text.equals("latest")
                      ? text
                      : duration("PT1S", "P3650D").read(text).toString()));
  static final Setting<String> FORMAT =
      add(
          Setting.define(
              "input.format",
              "auto",
              "'auto', 'json', 'avro-confluent', 'avro-single-object' or 'avro'",
              "How records are written; `auto` tells JSON, Avro with a registry's id and single-object Avro apart.",
              matching("auto|json|avro-confluent|avro-single-object|avro", identity())));
  static final Setting<String> ENTITY =
      add(
          Setting.optional(
              "input.entity",
              "inferred",
              "'key', 'partition', or the dotted path of a field",
              "What a record is about.",
              "pump_id",
              ".*\\S.*"));
  static final Setting<String> TIME =
      add(
          Setting.optional(
              "input.time",
              "the record's timestamp",
              "the dotted path of a field",
              "The field that holds the record's time: ISO-8601, `yyyy-MM-dd HH:mm:ss` (UTC) or epoch.",
              "ts",
              ".*\\S.*"));
  static final Setting<String> FIELD_NAME =
      add(
          Setting.optional(
              "input.fields[].name",
              "inferred",
              "the dotted path of a field",
              "A field to learn from; if any are given, only they are used.",
              "pressure",
              ".*\\S.*"));
  static final Setting<FieldKind> FIELD_KIND =
      add(
          Setting.required(
              "input.fields[].kind",
              "'quantity', 'count', 'flag', 'category' or 'total'",
              "What that field measures.",
              "quantity",
              FieldKind::of));
  static final Setting<FieldRole> FIELD_ROLE =
      add(
          Setting.define(
              "input.fields[].role",
              "input",
              "'input' or 'target'",
              "A `target` is told from the other fields where it is absent, on `<name>.predictions`, and never makes a record strange.",
              FieldRole::of));
  static final Setting<List<String>> IGNORE =
      add(
          Setting.define(
              "input.ignore",
              "",
              "a list of dotted paths",
              "Fields that inference leaves out, with all that is below them.",
              list(matching(".+", identity()))));
  static final Setting<Duration> LATE =
      add(
          Setting.define(
              "input.late",
              "PT1H",
              "a duration from PT1S to P3650D",
              "Records older than their entity's newest by more than this get the verdict `late`.",
              duration("PT1S", "P3650D")));
  static final Setting<Integer> MAX_BYTES =
      add(
          Setting.define(
              "input.max-bytes",
              "1048576",
              "a whole number from 1000 to 100000000",
              "Larger record values become dead letters.",
              whole(1_000, 100_000_000)));

  /** Exactly one of them is given. */
  static final List<Setting<?>> WATCHED = List.of(TOPIC, TOPICS, PATTERN);

  private InputKeys() {}

  /** Once all is checked. */
  static InputTopics topics(GivenSettings given) {
    List<String> names =
        given.value(TOPIC).map(List::of).or(() -> given.value(TOPICS)).orElse(List.of());
    return given
        .value(PATTERN)
        .map(InputTopics::matching)
        .orElseGet(() -> new InputTopics(names, null));
  }

  /** One of three keys says what is watched, and none of it is ours. */
  static void checkTogether(GivenSettings given, String name) {
    List<Setting<?>> said = WATCHED.stream().filter(given::given).toList();
    if (said.size() > 1) {
      given.refuse(
          said.get(1),
          "%s is given beside %s but only one of input.topic, input.topics and input.pattern may say what is watched. Take the others out."
              .formatted(said.get(1).key(), said.get(0).key()));
      return;
    }
    if (given.given(TOPICS) && given.value(TOPICS).filter(List::isEmpty).isPresent()) {
      given.refuse(TOPICS, TOPICS.refusal(TOPICS.key(), ""));
    }
    List<String> ours = new Topics(name, "input").own();
    Stream.concat(given.value(TOPIC).stream(), given.value(TOPICS).stream().flatMap(List::stream))
        .filter(ours::contains)
        .forEach(
            topic ->
                given.refuse(
                    said.get(0),
                    "%s is '%s' but must not be a topic that Kelbo writes. Watch another topic, or set 'name'."
                        .formatted(said.get(0).key(), topic)));
    if (given.given(PATTERN) && "streams".equalsIgnoreCase(given.kafka().get("group.protocol"))) {
      given.refuse(
          PATTERN,
          "input.pattern is given but kafka.group.protocol is 'streams', by which Kafka takes no patterns. Name the topics with input.topics, or leave kafka.group.protocol out.");
    }
  }

  /** Names differ, targets can be told, and something is left to tell them. */
  static void checkFields(GivenSettings given) {
    List<String> names = new ArrayList<>();
    int targets = 0;
    for (int i = 0; i < given.fields(); i++) {
      Optional<String> field = given.ofField(FIELD_NAME, i);
      if (field.isPresent() && names.contains(field.get())) {
        given.refuse(
            FIELD_NAME,
            "input.fields[%d].name is '%s' but must differ from the others. Give each field once."
                .formatted(i, field.get()));
      }
      field.ifPresent(names::add);
      boolean target = given.ofField(FIELD_ROLE, i).filter(FieldRole.TARGET::equals).isPresent();
      Optional<FieldKind> kind = given.ofField(FIELD_KIND, i);
      targets += target ? 1 : 0;
      if (target && kind.isPresent() && !Field.tellable(kind.get())) {
        given.refuse(
            FIELD_ROLE,
            "input.fields[%d].kind is '%s' but a target must be a 'quantity' or a 'category'. Give it one of these kinds, or leave its role out."
                .formatted(i, kind.get().word()));
      }
    }
    if (targets > 0 && targets == given.fields()) {
      given.refuse(
          FIELD_ROLE,
          "input.fields has nothing but targets, so nothing tells them: at least one field must have the role 'input'. Declare the fields that the targets are told from.");
    }
  }

  private static String pattern(String text) {
    if (text.isBlank() || text.length() > 1_000) {
      throw new IllegalArgumentException(text);
    }
    return Pattern.compile(text).pattern();
  }

  static List<Setting<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  private static <T> Setting<T> add(Setting<T> setting) {
    ALL.add(setting);
    return setting;
  }
}
