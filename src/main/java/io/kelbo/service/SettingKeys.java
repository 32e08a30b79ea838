package io.kelbo.service;

import static io.kelbo.service.Readings.duration;
import static io.kelbo.service.Readings.factorOrOff;
import static io.kelbo.service.Readings.list;
import static io.kelbo.service.Readings.matching;
import static io.kelbo.service.Readings.whole;
import static java.util.function.Function.identity;

import io.kelbo.decide.AlarmBudget;
import io.kelbo.topology.ScoringSettings;
import io.kelbo.vae.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Every key there is, in the order of the README's table. Reads nothing: {@code SettingsReader}.
 */
final class SettingKeys {
  private static final List<Setting<?>> ALL = new ArrayList<>();

  static final Setting<String> NAME =
      add(
          Setting.define(
              "name",
              "kelbo",
              "1 to 100 letters, digits, '.', '_' or '-'",
              "Prefix of application ids (`<name>-score`, `<name>-train`) and topics (`<name>.`); two"
                  + " Kelbos on one cluster differ here.",
              matching("[A-Za-z0-9][A-Za-z0-9._-]{0,99}", identity())));
  static final Setting<String> BOOTSTRAP =
      add(
          Setting.required(
              "kafka.bootstrap.servers",
              "one or more host:port, separated by commas",
              "The Kafka cluster. Any other client property under `kafka` passes through untouched.",
              "localhost:9092",
              Readings::servers));
  static final Setting<List<String>> ROLES =
      add(
          Setting.define(
              "roles",
              "score, train",
              "a list of 'score' and 'train'",
              "What this instance does; apart, they scale apart.",
              list(matching("score|train", identity()))));

  static {
    ALL.addAll(InputKeys.all());
    ALL.addAll(FormatKeys.all());
  }

  static final Setting<AlarmBudget> BUDGET =
      add(
          Setting.define(
              "alarms.budget",
              AlarmBudget.DEFAULT,
              "false alarms per time, such as '5 per day' (minute, hour, day, week, month), or a share"
                  + " of records above 0 and up to 0.5, such as '0.001'",
              "The one knob: how many false alarms are wanted, whole application.",
              AlarmBudget::of));
  static final Setting<Double> SILENCE =
      add(
          Setting.define(
              "alarms.silence",
              "5",
              "'off', or a factor from 2 to 1000",
              "An entity is `silent` when nothing came for so many times its longest interval of late.",
              factorOrOff(2, 1000)));
  static final Setting<Boolean> VERDICTS =
      add(
          Setting.define(
              "verdicts",
              "all",
              "'all' or 'none'",
              "Whether every verdict is written to `<name>.verdicts`; anomalies are always written.",
              matching("all|none", "all"::equals)));
  static final Setting<Double> REPAIR =
      add(
          Setting.define(
              "repair",
              "off",
              "'off', or a probability from 1e-12 to 0.1",
              "A value less likely than this, given the record's other fields, is replaced on `<name>.imputed`.",
              factorOrOff(1e-12, 0.1)));

  static {
    ALL.addAll(WarmUpKeys.all());
  }

  static final Setting<String> SEGMENT =
      add(
          Setting.optional(
              "segment",
              "one model for all",
              "the dotted path of a field",
              "A model of its own for each value of this field, at most %d of them."
                  .formatted(ScoringSettings.MOST_SEGMENTS),
              "machine_type",
              ".*\\S.*"));
  static final Setting<Optional<Duration>> EVERY =
      add(
          Setting.define(
              "retrain.every",
              "PT10M",
              "'never', or a duration from PT1S to P365D",
              "Stream time between trainings; with `never` only `kelbo model train` asks for one.",
              text ->
                  text.equals("never")
                      ? Optional.empty()
                      : Optional.of(duration("PT1S", "P365D").read(text))));
  static final Setting<Duration> WINDOW =
      add(
          Setting.define(
              "retrain.window",
              "PT24H",
              "a duration from PT1M to P365D",
              "How far back training looks, in stream time; longer is steadier, shorter follows drift.",
              duration("PT1M", "P365D")));
  static final Setting<Integer> SAMPLE =
      add(
          Setting.define(
              "retrain.sample",
              "20000",
              "a whole number from 2000 to 1000000",
              "How many records a training learns from at most.",
              whole(2_000, 1_000_000)));
  static final Setting<Duration> TIMEOUT =
      add(
          Setting.define(
              "retrain.timeout",
              "PT30M",
              "a duration from PT1S to P1D",
              "A training that takes longer, by the wall clock, is given up; the champion stays.",
              duration("PT1S", "P1D")));
  static final Setting<Integer> LAYERS =
      add(
          Setting.define(
              "retrain.layers",
              "1",
              "a whole number from 1 to 4",
              "How many hidden layers the autoencoder's nonlinear branch has; more take longer.",
              whole(1, Shape.MOST_LAYERS)));
  static final Setting<Integer> THREADS =
      add(
          Setting.define(
              "retrain.threads",
              "1",
              "a whole number from 1 to 64",
              "How many threads a training takes; the model is the same, to the byte.",
              whole(1, 64)));
  static final Setting<String> GUARANTEE =
      add(
          Setting.define(
              "guarantee",
              "exactly_once_v2",
              "'exactly_once_v2' or 'at_least_once'",
              "What holds when processes die: no verdict lost and none doubled, or none lost.",
              matching("exactly_once_v2|at_least_once", identity())));
  static final Setting<String> HOST =
      add(
          Setting.define(
              "http.host",
              "127.0.0.1",
              "a host name or address without blanks",
              "Where `/metrics`, `/health/live`, `/health/ready` and `/status` are served.",
              matching("[^\\s/]+", identity())));
  static final Setting<Integer> PORT =
      add(
          Setting.define(
              "http.port",
              "8080",
              "a whole number from 0 to 65535",
              "Their port; 0 takes a free one.",
              whole(0, 65_535)));

  static {
    ALL.addAll(HttpKeys.all());
  }

  static final Setting<Path> STATE_DIR =
      add(
          Setting.define(
              "state.dir",
              "~/.local/state/kelbo",
              "the path of a directory",
              "Local copies of state; a lost one is restored from Kafka.",
              Readings::path));
  static final Setting<Duration> FORGET =
      add(
          Setting.define(
              "state.forget",
              "P30D",
              "a duration from PT1H to P3650D",
              "An entity that has sent nothing for so long is forgotten, so that states do not pile up.",
              duration("PT1H", "P3650D")));

  static {
    ALL.addAll(LifeKeys.all());
  }

  static final Setting<Boolean> CREATE =
      add(
          Setting.define(
              "topics.create",
              "true",
              "'true' or 'false'",
              "Whether missing topics of ours are created at start.",
              matching("true|false", Boolean::valueOf)));
  static final Setting<String> INSTANCE =
      add(
          Setting.optional(
              "instance",
              "none",
              "1 to 100 letters, digits, '.', '_' or '-'",
              "Static membership id, such as the pod's name; it makes restarts cheap.",
              "kelbo-0",
              "[A-Za-z0-9._-]{1,100}"));
  static final Setting<Long> SEED =
      add(
          Setting.define(
              "seed",
              "1",
              "a whole number",
              "Same sample, settings and seed give the same model.",
              Long::valueOf));

  private SettingKeys() {}

  static List<Setting<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  private static <T> Setting<T> add(Setting<T> setting) {
    ALL.add(setting);
    return setting;
  }
}
