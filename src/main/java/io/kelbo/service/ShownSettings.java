package io.kelbo.service;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Settings as text by key, in the order of the README's table, for output; secrets are hidden. */
public final class ShownSettings {
  private ShownSettings() {}

  /** Every key with the value in use. */
  public static Map<String, String> of(Settings settings) {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("name", settings.name());
    Secrets.shown(settings.kafka()).forEach((key, value) -> shown.put("kafka." + key, value));
    shown.put(
        "roles",
        settings.roles().stream()
            .map(role -> role.name().toLowerCase(Locale.ROOT))
            .sorted()
            .collect(Collectors.joining(", ")));
    input(settings.input(), shown);
    shown.put("input.format", settings.formats().input());
    FormatKeys.show(settings.formats(), shown);
    shown.put("output.format", settings.formats().output());
    shown.put("output.latents", Boolean.toString(settings.formats().latents()));
    shown.put("alarms.budget", settings.budget().toString());
    double silence = settings.watch().silence();
    shown.put("alarms.silence", silence == 0 ? "off" : Double.toString(silence));
    shown.put("verdicts", settings.allVerdicts() ? "all" : "none");
    double repair = settings.input().repair();
    shown.put("repair", repair == 0 ? "off" : Double.toString(repair));
    shown.put("warmup.records", Integer.toString(settings.warmUp().records()));
    shown.put("warmup.time", settings.warmUp().time().toString());
    shown.put("warmup.backlog", Integer.toString(settings.warmUp().backlog()));
    String segment = settings.input().segment();
    shown.put("segment", segment == null ? SettingKeys.SEGMENT.without() : segment);
    Duration every = settings.retrain().every();
    shown.put("retrain.every", every == null ? "never" : every.toString());
    shown.put("retrain.window", settings.retrain().window().toString());
    shown.put("retrain.sample", Integer.toString(settings.retrain().sample()));
    shown.put("retrain.timeout", settings.retrain().timeout().toString());
    shown.put("retrain.layers", Integer.toString(settings.retrain().layers()));
    shown.put("retrain.threads", Integer.toString(settings.retrain().threads()));
    shown.put("guarantee", settings.guarantee());
    shown.put("http.host", settings.http().host());
    shown.put("http.port", Integer.toString(settings.http().port()));
    Settings.Tls tls = settings.http().tls();
    shown.put(
        "http.token", settings.http().token() == null ? HttpKeys.TOKEN.without() : Secrets.HIDDEN);
    shown.put(
        "http.tls.certificate",
        tls == null ? HttpKeys.CERTIFICATE.without() : tls.certificate().toString());
    shown.put("http.tls.key", tls == null ? HttpKeys.KEY.without() : tls.key().toString());
    shown.put("http.rate", Integer.toString(settings.http().rate()));
    shown.put("state.dir", settings.stateDir().toString());
    shown.put("state.forget", settings.watch().forget().toString());
    Duration lagMax = settings.life().lagMax();
    shown.put("state.memory", (settings.life().storeBytes() >> 20) + " MB");
    shown.put("stop.within", settings.life().stopWithin().toString());
    shown.put("lag.max", lagMax == null ? LifeKeys.LAG_MAX.without() : lagMax.toString());
    shown.put("topics.create", Boolean.toString(settings.createTopics()));
    String instance = settings.instance();
    shown.put("instance", instance == null ? SettingKeys.INSTANCE.without() : instance);
    shown.put("seed", Long.toString(settings.seed()));
    return shown;
  }

  private static void input(Settings.Input input, Map<String, String> shown) {
    String entity = input.entity();
    String time = input.time();
    for (Setting<?> key : InputKeys.WATCHED) {
      boolean said = key.key().equals(input.topic().key());
      shown.put(key.key(), said ? input.topic().toString() : "none");
    }
    shown.put("input.from", input.from());
    shown.put("input.entity", entity == null ? InputKeys.ENTITY.without() : entity);
    shown.put("input.time", time == null ? InputKeys.TIME.without() : time);
    shown.put(
        "input.fields",
        input.fields().isEmpty()
            ? InputKeys.FIELD_NAME.without()
            : input.fields().stream()
                .map(
                    field ->
                        field.name()
                            + ": "
                            + field.kind().word()
                            + (field.target() ? " (target)" : ""))
                .collect(Collectors.joining(", ")));
    shown.put(
        "input.ignore",
        input.ignore().isEmpty()
            ? InputKeys.IGNORE.without()
            : input.ignore().stream().sorted().collect(Collectors.joining(", ")));
    shown.put("input.late", input.late().toString());
    shown.put("input.max-bytes", Integer.toString(input.maxBytes()));
  }
}
