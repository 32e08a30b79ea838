package io.kelbo.service;

import static io.kelbo.service.Readings.duration;
import static io.kelbo.service.Readings.list;
import static io.kelbo.service.Readings.matching;
import static io.kelbo.service.Readings.whole;
import static java.util.function.Function.identity;

import io.kelbo.record.FieldKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The keys under {@code input}; part of {@link SettingKeys}. */
final class InputKeys {
  private static final List<Setting<?>> ALL = new ArrayList<>();

  static final Setting<String> TOPIC =
      add(
          Setting.required(
              "input.topic",
              "the name of a Kafka topic: 1 to 249 letters, digits, '.', '_' or '-'",
              "The topic that is watched; it is never written.",
              "plant.telemetry",
              matching("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}", identity())));
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
              "'quantity', 'count', 'flag' or 'category'",
              "What that field measures.",
              "quantity",
              FieldKind::of));
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

  private InputKeys() {}

  static List<Setting<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  private static <T> Setting<T> add(Setting<T> setting) {
    ALL.add(setting);
    return setting;
  }
}
